#include "core/solve/branch_and_cut.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <queue>

#include "core/solve/branching.h"
#include "core/solve/deferred_rows.h"
#include "core/solve/lp.h"
#include "core/solve/shared_people.h"

namespace convene {
namespace {

constexpr double kViolated = 1e-5;
constexpr std::size_t kDiveColumns = 1500;
/// Cuts are looked for as long as they raise the bound by so much, with so many failures in a row.
constexpr double kWorthCutting = 0.02;
constexpr int kIdleRounds = 2;
/// Branchings tried at a node, simplex iterations for each side, and what a side without solutions counts.
constexpr std::size_t kTrials = 8;
constexpr int kTrialIterations = 40;
constexpr double kClosedGain = 10;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// A subproblem: its parent's, with one column bounded more tightly.
struct Node {
    std::shared_ptr<const Node> parent;
    int column = -1;
    double low = 0;
    double high = 0;
    double bound = 0;
    long number = 0;
    std::shared_ptr<const LpBasis> basis;  ///< where its parent's relaxation ended
};
using NodePtr = std::shared_ptr<const Node>;

struct Later {
    bool operator()(const NodePtr& a, const NodePtr& b) const {
        return a->bound != b->bound ? a->bound > b->bound : a->number < b->number;
    }
};

class Search {
public:
    Search(const Program& program, const BranchAndCutRequest& request)
        : program_(program),
          request_(request),
          deferred_(program),
          lp_(with_rows(program, request), objective_of(request), request.should_stop),
          added_(deferred_.size(), 0),
          low_(program.columns.size(), 0),
          high_(program.columns.size()),
          branching_(program) {
        for (const int row : request.deferred_rows) note_row(row);
        for (std::size_t j = 0; j < program.columns.size(); ++j) high_[j] = program.columns[j].upper;
        root_low_ = low_;
        root_high_ = high_;
    }

    BranchAndCutResult run() {
        result_.value = request_.known;
        result_.bound = std::numeric_limits<int>::min();
        NodePtr node = std::make_shared<const Node>(Node{nullptr, -1, 0, 0, -1e30, 0, nullptr});
        bool complete = true;
        while (node) {
            const std::optional<std::pair<NodePtr, NodePtr>> children = process(node);
            if (request_.patience > 0 && result_.nodes >= request_.patience &&
                (!result_.value || request_.patience == 1))
                stopped_ = true;
            if (request_.most_nodes > 0 && result_.nodes >= request_.most_nodes) stopped_ = true;
            if (stopped_) {
                open_.push(node);
                complete = false;
                break;
            }
            node = nullptr;
            if (children) {
                // Dive into the first child, keep the second for later.
                node = children->first;
                open_.push(children->second);
            }
            while (!node && !open_.empty()) {
                node = open_.top();
                open_.pop();
                if (closed(node->bound)) node = nullptr;
            }
            report_bound(node);
        }
        result_.deferred_rows = in_lp_;
        result_.finished = complete;
        if (complete) {
            result_.bound = result_.value.value_or(result_.bound);
        } else {
            while (!open_.empty() && closed(open_.top()->bound)) open_.pop();
            const double least = open_.empty() ? cutoff() : open_.top()->bound;
            result_.bound = std::max(result_.bound, whole(least));
            if (result_.value) result_.bound = std::min(result_.bound, *result_.value);
        }
        return result_;
    }

private:
    [[nodiscard]] Program with_rows(const Program& program, const BranchAndCutRequest& request) const {
        Program joined;
        joined.columns = program.columns;
        joined.rows = program.rows;
        if (request.place_all)
            for (const int row : program.unit_rows) joined.rows[at(row)].low = 1;
        std::erase_if(joined.rows, [](const Program::Row& row) { return row.seldom_tight; });
        joined.rows.insert(joined.rows.end(), request.extra_rows.begin(), request.extra_rows.end());
        for (const int row : request.deferred_rows) joined.rows.push_back(deferred_.row(row));
        return joined;
    }
    static std::vector<double> objective_of(const BranchAndCutRequest& request) {
        return {request.objective.begin(), request.objective.end()};
    }

    /// The least whole number that a solution of this relaxed value can have.
    static int whole(double value) {
        if (value < -1e9) return std::numeric_limits<int>::min();
        return static_cast<int>(std::ceil(value - 1e-5));
    }
    [[nodiscard]] double cutoff() const {
        return result_.value ? static_cast<double>(*result_.value) - 1 : 1e30;
    }
    [[nodiscard]] bool closed(double bound) const { return result_.value && whole(bound) >= *result_.value; }

    void report_bound(const NodePtr& current) {
        double least = current ? current->bound : 1e30;
        if (!open_.empty()) least = std::min(least, open_.top()->bound);
        if (least > 1e29 || least < -1e29) return;
        const int bound = whole(least);
        if (bound <= result_.bound) return;
        result_.bound = bound;
        if (request_.on_bound) request_.on_bound(bound);
    }

    void enter(const NodePtr& node) {
        std::vector<std::pair<int, std::pair<double, double>>> wanted;
        for (const Node* n = node.get(); n != nullptr; n = n->parent.get())
            if (n->column >= 0) wanted.push_back({n->column, {n->low, n->high}});
        for (const int column : touched_) set_bounds(column, root_low_[at(column)], root_high_[at(column)]);
        touched_.clear();
        for (const auto& [column, range] : wanted) {
            set_bounds(column, std::max(low_[at(column)], range.first),
                       std::min(high_[at(column)], range.second));
            touched_.push_back(column);
        }
    }
    void set_bounds(int column, double low, double high) {
        if (low_[at(column)] == low && high_[at(column)] == high) return;
        low_[at(column)] = low;
        high_[at(column)] = high;
        lp_.set_bounds(column, low, high);
    }

    /// Solves the node with as many implied rows as it takes. False: nothing better below.
    bool relax() {
        for (;;) {
            const Lp::Status status = lp_.solve(result_.value ? cutoff() + 1e-4 : 1e50);
            if (status == Lp::Status::stopped) {
                stopped_ = true;
                return false;
            }
            if (status == Lp::Status::infeasible || closed(lp_.objective())) return false;
            if (!add_violated()) return true;
        }
    }

    /// Before anything is branched on: rows that whole solutions satisfy and this one does not, as long as
    /// they raise the bound. False: nothing better below.
    bool cut_off() {
        if (result_.nodes > 1 || request_.least_size == 0) return true;
        const SharedPeople cuts(program_, request_.least_size);
        double bound = lp_.objective();
        for (int idle = 0; idle < kIdleRounds && !branching_.candidates(lp_.values()).empty();) {
            const std::vector<Program::Row> rows = cuts.broken(lp_.values());
            if (rows.empty()) break;
            result_.cuts.insert(result_.cuts.end(), rows.begin(), rows.end());
            lp_.add_rows(rows);
            if (!relax()) return false;
            idle = lp_.objective() > bound + kWorthCutting ? 0 : idle + 1;
            bound = std::max(bound, lp_.objective());
        }
        return true;
    }

    void note_row(int row) {
        added_[at(row)] = 1;
        in_lp_.push_back(row);
    }

    void keep_reduced_costs() {
        root_value_ = lp_.objective();
        root_costs_.assign(lp_.reduced_costs(), lp_.reduced_costs() + program_.columns.size());
        fix_by_reduced_costs();
    }

    /// A column at its lower bound at the root stays there in every better solution when moving it by one
    /// costs too much.
    void fix_by_reduced_costs() {
        if (!result_.value || root_costs_.empty()) return;
        for (std::size_t j = 0; j < root_costs_.size(); ++j) {
            if (root_high_[j] == root_low_[j] || root_value_ + root_costs_[j] <= cutoff() + 1e-4) continue;
            root_high_[j] = root_low_[j];
            set_bounds(static_cast<int>(j), root_low_[j], root_low_[j]);
        }
    }

    bool add_violated() {
        std::vector<Program::Row> rows;
        for (int i = 0; i < deferred_.size(); ++i) {
            if (added_[at(i)] != 0 || !deferred_.broken(i, lp_.values(), kViolated)) continue;
            note_row(i);
            rows.push_back(deferred_.row(i));
        }
        if (rows.empty()) return false;
        lp_.add_rows(rows);
        return true;
    }

    std::optional<std::pair<NodePtr, NodePtr>> process(const NodePtr& node) {
        ++result_.nodes;
        if (request_.should_stop && request_.should_stop()) {
            stopped_ = true;
            return std::nullopt;
        }
        enter(node);
        if (node->basis && node->number != next_) lp_.start_from(*node->basis);
        if (!relax() || !cut_off()) return std::nullopt;
        const double bound = std::max(node->bound, lp_.objective());
        if (result_.nodes == 1) keep_reduced_costs();
        learn(node, bound);
        const std::vector<double> values(lp_.values(), lp_.values() + program_.columns.size());
        const std::vector<int> candidates = branching_.candidates(values.data());
        if (candidates.empty()) {
            accept();
            return std::nullopt;
        }
        const auto basis = std::make_shared<const LpBasis>(lp_.basis());
        const int column = request_.least_size > 0 ? best_tried(candidates, values, *basis) : candidates[0];
        if (column < 0) return std::nullopt;
        const double value = values[at(column)];
        const double low = low_[at(column)];
        const double high = high_[at(column)];
        if (wants_dive()) {
            report_bound(std::make_shared<const Node>(Node{nullptr, -1, 0, 0, bound, 0, nullptr}));
            dive();
            if (stopped_ || closed(bound)) return std::nullopt;
        }
        const double floor = std::floor(value);
        const auto child = [&](double from, double to) {
            return std::make_shared<const Node>(Node{node, column, from, to, bound, ++numbers_, basis});
        };
        NodePtr down = child(low, floor);
        NodePtr up = child(floor + 1, high);
        if (value - floor >= 0.5) std::swap(up, down);
        next_ = down->number;
        return std::make_pair(down, up);
    }

    /// Large programs are too slow to be branched down to a solution one column at a time.
    [[nodiscard]] bool wants_dive() const {
        return program_.columns.size() > kDiveColumns && (result_.nodes & (result_.nodes - 1)) == 0;
    }

    /// Rounds many columns at once, solving in between, until a solution or a dead end.
    void dive() {
        for (;;) {
            std::vector<std::pair<double, int>> fractional = fractional_of(Program::Kind::groups);
            if (fractional.empty()) fractional = fractional_of(Program::Kind::leads);
            if (fractional.empty()) {
                if (branching_.candidates(lp_.values()).empty()) accept();
                break;
            }
            keep_whole();
            std::sort(fractional.begin(), fractional.end(), std::greater<>());
            const std::size_t steps = std::max<std::size_t>(1, fractional.size() / 3);
            for (std::size_t i = 0; i < steps; ++i) {
                const int column = fractional[i].second;
                const double value = lp_.values()[column];
                touched_.push_back(column);
                set_bounds(column, std::ceil(value), high_[at(column)]);
            }
            if (!relax()) break;
        }
    }

    [[nodiscard]] std::vector<std::pair<double, int>> fractional_of(Program::Kind kind) const {
        std::vector<std::pair<double, int>> list;
        for (std::size_t j = 0; j < program_.columns.size(); ++j) {
            if (program_.columns[j].kind != kind) continue;
            const double value = lp_.values()[j];
            if (fraction(value) > kIntegral)
                list.emplace_back(value - std::floor(value), static_cast<int>(j));
        }
        return list;
    }

    /// While diving: what is whole now stays at least that.
    void keep_whole() {
        for (std::size_t j = 0; j < program_.columns.size(); ++j) {
            if (program_.columns[j].kind != Program::Kind::groups) continue;
            const double value = std::round(lp_.values()[j]);
            if (value < 1 || fraction(lp_.values()[j]) > kIntegral || low_[j] >= value) continue;
            touched_.push_back(static_cast<int>(j));
            set_bounds(static_cast<int>(j), value, high_[j]);
        }
    }

    /// What the last branching did to the bound, per unit of change.
    void learn(const NodePtr& node, double bound) {
        if (node->column < 0 || !node->parent) return;
        branching_.learn(node->column, node->low > root_low_[at(node->column)],
                         std::max(0.0, bound - node->bound));
    }

    /// Rounds the most promising candidates both ways, a few steps of the simplex method each, and says
    /// which raises the bound most; -1 when one of them leaves nothing better on either side.
    int best_tried(const std::vector<int>& candidates, const std::vector<double>& values,
                   const LpBasis& basis) {
        const double bound = lp_.objective();
        int best = candidates[0];
        double best_score = -1;
        for (std::size_t i = 0; i < std::min(kTrials, candidates.size()); ++i) {
            const int column = candidates[i];
            const double value = values[at(column)];
            double score = branching_.score(column, value);
            if (!branching_.knows(column)) {
                const double low = low_[at(column)];
                const double high = high_[at(column)];
                const double down = try_out(column, low, std::floor(value), bound, basis);
                const double up = try_out(column, std::ceil(value), high, bound, basis);
                set_bounds(column, low, high);
                if (down >= kClosedGain && up >= kClosedGain) return -1;
                if (down < kClosedGain) branching_.learn(column, false, down);
                if (up < kClosedGain) branching_.learn(column, true, up);
                const double part = value - std::floor(value);
                score = std::max(down, 1e-3) * part * std::max(up, 1e-3) * (1 - part);
            }
            if (score > best_score) {
                best_score = score;
                best = column;
            }
        }
        lp_.start_from(basis);
        return best;
    }
    double try_out(int column, double low, double high, double bound, const LpBasis& basis) {
        lp_.start_from(basis);
        set_bounds(column, low, high);
        const Lp::Status status = lp_.solve(result_.value ? cutoff() + 1e-4 : 1e50, kTrialIterations);
        // Where it was stopped on its way, the objective is an estimate and proves nothing.
        if (status == Lp::Status::infeasible) return kClosedGain;
        if (status == Lp::Status::optimal && closed(lp_.objective())) return kClosedGain;
        return std::clamp(lp_.objective() - bound, 0.0, kClosedGain / 2);
    }

    void accept() {
        std::vector<double> values(lp_.values(), lp_.values() + program_.columns.size());
        double sum = 0;
        for (std::size_t j = 0; j < values.size(); ++j) sum += values[j] * request_.objective[j];
        const int value = static_cast<int>(std::lround(sum));
        if (result_.value && value >= *result_.value) return;
        result_.value = value;
        if (request_.on_better) request_.on_better(value, values);
        fix_by_reduced_costs();
    }

    const Program& program_;
    const BranchAndCutRequest& request_;
    DeferredRows deferred_;
    Lp lp_;
    std::vector<char> added_;  ///< by deferred row: it is in the linear program
    std::vector<int> in_lp_;   ///< those, in the order in which they stand there, after all others
    std::vector<double> low_, high_, root_low_, root_high_;
    std::vector<int> touched_;
    double root_value_ = 0;
    std::vector<double> root_costs_;
    Branching branching_;
    std::priority_queue<NodePtr, std::vector<NodePtr>, Later> open_;
    BranchAndCutResult result_;
    long numbers_ = 0;
    long next_ = 0;  ///< the node that goes on where the linear program stands
    bool stopped_ = false;
};

}  // namespace

BranchAndCutResult branch_and_cut(const Program& program, const BranchAndCutRequest& request) {
    return Search(program, request).run();
}

}  // namespace convene
