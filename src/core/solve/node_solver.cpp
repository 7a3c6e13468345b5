#include "core/solve/node_solver.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace convene {
namespace {

constexpr double kViolated = 1e-5;
/// Branchings tried at a node, simplex iterations for each side, and what a side without solutions counts.
constexpr std::size_t kTrials = 8;
constexpr int kTrialIterations = 40;
constexpr double kClosedGain = 10;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

Program with_rows(const Program& program, const BranchAndCutRequest& request, const DeferredRows& deferred) {
    Program joined;
    joined.columns = program.columns;
    joined.rows = program.rows;
    if (request.place_all)
        for (const int row : program.unit_rows) joined.rows[at(row)].low = 1;
    std::erase_if(joined.rows, [](const Program::Row& row) { return row.seldom_tight; });
    joined.rows.insert(joined.rows.end(), request.extra_rows.begin(), request.extra_rows.end());
    for (const int row : request.deferred_rows) joined.rows.push_back(deferred.row(row));
    return joined;
}

}  // namespace

int least_value(const BranchAndCutRequest& request, double relaxed) {
    if (relaxed < -1e9) return std::numeric_limits<int>::min();
    const auto whole = static_cast<int>(std::ceil(relaxed - 1e-5));
    return request.reachable ? request.reachable(whole) : whole;
}

NodeSolver::NodeSolver(const Program& program, const BranchAndCutRequest& request)
    : program_(program),
      request_(request),
      deferred_(program),
      lp_(with_rows(program, request, deferred_), {request.objective.begin(), request.objective.end()},
          request.should_stop),
      added_(at(deferred_.size()), 0),
      low_(program.columns.size(), 0) {
    for (const int row : request.deferred_rows) note_row(row);
    for (const Program::Column& column : program.columns) high_.push_back(column.upper);
    if (!request.start.empty()) lp_.start_at(request.start);
}

std::unique_ptr<NodeSolver> NodeSolver::split() {
    common_ = in_lp_.size();
    return std::unique_ptr<NodeSolver>(new NodeSolver(*this));
}

std::optional<double> NodeSolver::relax(const Node& node, const SearchState& state, bool goes_on) {
    value_ = state.value;
    enter(node, state);
    if (node.basis && !goes_on) start_from(*node.basis);
    return solve();
}

std::optional<double> NodeSolver::tighten(const std::vector<Program::Row>& cuts) {
    lp_.add_rows(cuts);
    return solve();
}

bool NodeSolver::whole(const SearchState& state) const {
    return state.branching.candidates(lp_.values()).empty();
}

Branched NodeSolver::branch(const SearchState& state, bool wants_dive) {
    Branched branched;
    const double bound = lp_.objective();
    const std::vector<double> values(lp_.values(), lp_.values() + program_.columns.size());
    const std::vector<int> candidates = state.branching.candidates(values.data());
    if (candidates.empty()) {
        accept(branched);
        return branched;
    }
    const auto here = std::make_shared<const NodeBasis>(basis());
    const int column =
        request_.least_size > 0 ? best_tried(state, candidates, values, *here, branched) : candidates.front();
    if (column < 0) return branched;
    const double low = low_[at(column)];
    const double high = high_[at(column)];
    if (wants_dive) {
        dive(state, branched);
        if (stopped_ || closed(bound)) return branched;
    }
    branched.column = column;
    branched.value = values[at(column)];
    branched.low = low;
    branched.high = high;
    branched.basis = here;
    return branched;
}

void NodeSolver::enter(const Node& node, const SearchState& state) {
    std::vector<std::pair<int, std::pair<double, double>>> wanted;
    for (const Node* n = &node; n != nullptr; n = n->parent.get())
        if (n->column >= 0) wanted.push_back({n->column, {n->low, n->high}});
    touched_.insert(touched_.end(), state.fixed.begin() + static_cast<std::ptrdiff_t>(fixed_),
                    state.fixed.end());
    fixed_ = state.fixed.size();
    for (const int column : touched_) set_bounds(column, state.low[at(column)], state.high[at(column)]);
    touched_.clear();
    for (const auto& [column, range] : wanted) {
        set_bounds(column, std::max(low_[at(column)], range.first),
                   std::min(high_[at(column)], range.second));
        touched_.push_back(column);
    }
}

void NodeSolver::set_bounds(int column, double low, double high) {
    if (low_[at(column)] == low && high_[at(column)] == high) return;
    low_[at(column)] = low;
    high_[at(column)] = high;
    lp_.set_bounds(column, low, high);
}

NodeBasis NodeSolver::basis() const {
    NodeBasis found{lp_.basis(), {}};
    if (!common_) return found;
    const std::size_t first = found.common.size() - (in_lp_.size() - *common_);
    for (std::size_t i = *common_; i < in_lp_.size(); ++i)
        found.own.emplace_back(in_lp_[i], found.common[first + i - *common_]);
    std::sort(found.own.begin(), found.own.end());
    found.common.resize(first);
    return found;
}

void NodeSolver::start_from(const NodeBasis& basis) {
    lp_.start_from(basis.common);
    if (!common_ || basis.own.empty()) return;
    const std::size_t first = static_cast<std::size_t>(lp_.rows()) - (in_lp_.size() - *common_);
    for (std::size_t i = *common_; i < in_lp_.size(); ++i) {
        const std::pair<int, unsigned char> wanted(in_lp_[i], 0);
        const auto found = std::lower_bound(basis.own.begin(), basis.own.end(), wanted);
        if (found != basis.own.end() && found->first == wanted.first)
            lp_.set_row_status(static_cast<int>(first + i - *common_), found->second);
    }
}

std::optional<double> NodeSolver::solve() {
    for (;;) {
        const Lp::Status status = lp_.solve(give_up_above());
        if (status == Lp::Status::stopped) {
            stopped_ = true;
            return std::nullopt;
        }
        if (status == Lp::Status::infeasible || closed(lp_.objective())) return std::nullopt;
        if (!add_violated()) return lp_.objective();
    }
}

double NodeSolver::give_up_above() const {
    return value_ ? static_cast<double>(*value_) - 1 + 1e-4 : 1e50;
}

bool NodeSolver::closed(double bound) const {
    return value_ && least_value(request_, bound) >= *value_;
}

void NodeSolver::note_row(int row) {
    added_[at(row)] = 1;
    in_lp_.push_back(row);
}

void NodeSolver::add_rows(const std::vector<int>& wanted) {
    std::vector<Program::Row> rows;
    for (const int row : wanted) {
        if (added_[at(row)] != 0) continue;
        note_row(row);
        rows.push_back(deferred_.row(row));
    }
    if (!rows.empty()) lp_.add_rows(rows);
}

bool NodeSolver::add_violated() {
    std::vector<int> rows;
    for (int i = 0; i < deferred_.size(); ++i)
        if (added_[at(i)] == 0 && deferred_.broken(i, lp_.values(), kViolated)) rows.push_back(i);
    add_rows(rows);
    return !rows.empty();
}

/// Rounds many columns at once, solving in between, until a solution or a dead end.
void NodeSolver::dive(const SearchState& state, Branched& branched) {
    for (;;) {
        std::vector<std::pair<double, int>> fractional = fractional_of(Program::Kind::groups);
        if (fractional.empty()) fractional = fractional_of(Program::Kind::leads);
        if (fractional.empty()) {
            if (whole(state)) accept(branched);
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
        if (!solve()) break;
    }
}

std::vector<std::pair<double, int>> NodeSolver::fractional_of(Program::Kind kind) const {
    std::vector<std::pair<double, int>> list;
    for (std::size_t j = 0; j < program_.columns.size(); ++j) {
        if (program_.columns[j].kind != kind) continue;
        const double value = lp_.values()[j];
        if (fraction(value) > kIntegral) list.emplace_back(value - std::floor(value), static_cast<int>(j));
    }
    return list;
}

/// While diving: what is whole now stays at least that.
void NodeSolver::keep_whole() {
    for (std::size_t j = 0; j < program_.columns.size(); ++j) {
        if (program_.columns[j].kind != Program::Kind::groups) continue;
        const double value = std::round(lp_.values()[j]);
        if (value < 1 || fraction(lp_.values()[j]) > kIntegral || low_[j] >= value) continue;
        touched_.push_back(static_cast<int>(j));
        set_bounds(static_cast<int>(j), value, high_[j]);
    }
}

/// Rounds the most promising candidates both ways, a few steps of the simplex method each, and says which
/// raises the bound most; -1 when one of them leaves nothing better on either side.
int NodeSolver::best_tried(const SearchState& state, const std::vector<int>& candidates,
                           const std::vector<double>& values, const NodeBasis& basis, Branched& branched) {
    const double bound = lp_.objective();
    int best = candidates[0];
    double best_score = -1;
    for (std::size_t i = 0; i < std::min(kTrials, candidates.size()); ++i) {
        const int column = candidates[i];
        const double value = values[at(column)];
        double score = state.branching.score(column, value);
        if (!state.branching.knows(column)) {
            const double low = low_[at(column)];
            const double high = high_[at(column)];
            const double down = try_out(column, low, std::floor(value), bound, basis);
            const double up = try_out(column, std::ceil(value), high, bound, basis);
            set_bounds(column, low, high);
            if (down >= kClosedGain && up >= kClosedGain) return -1;
            if (down < kClosedGain) branched.gains.push_back({column, false, down});
            if (up < kClosedGain) branched.gains.push_back({column, true, up});
            score = Branching::product(value, down, up);
        }
        if (score > best_score) {
            best_score = score;
            best = column;
        }
    }
    start_from(basis);
    return best;
}

double NodeSolver::try_out(int column, double low, double high, double bound, const NodeBasis& basis) {
    start_from(basis);
    set_bounds(column, low, high);
    const Lp::Status status = lp_.solve(give_up_above(), kTrialIterations);
    // Where it was stopped on its way, the objective is an estimate and proves nothing.
    if (status == Lp::Status::infeasible) return kClosedGain;
    if (status == Lp::Status::optimal && closed(lp_.objective())) return kClosedGain;
    return std::clamp(lp_.objective() - bound, 0.0, kClosedGain / 2);
}

void NodeSolver::accept(Branched& branched) {
    std::vector<double> values(lp_.values(), lp_.values() + program_.columns.size());
    double sum = 0;
    for (std::size_t j = 0; j < values.size(); ++j) sum += values[j] * request_.objective[j];
    const auto value = static_cast<int>(std::lround(sum));
    if (value_ && value >= *value_) return;
    value_ = value;
    branched.solutions.push_back({value, std::move(values)});
}

}  // namespace convene
