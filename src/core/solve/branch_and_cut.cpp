#include "core/solve/branch_and_cut.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <limits>
#include <memory>
#include <queue>
#include <utility>

#include "core/solve/node_solver.h"
#include "core/solve/shared_people.h"

namespace convene {
namespace {

constexpr std::size_t kDiveColumns = 1500;
/// In programs of so many columns two nodes are solved at a time.
constexpr std::size_t kTwoLanesColumns = 300;
/// Cuts are looked for as long as they raise the bound by so much, with so many failures in a row.
constexpr double kWorthCutting = 0.02;
constexpr int kIdleRounds = 2;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

struct Later {
    bool operator()(const NodePtr& a, const NodePtr& b) const {
        return a->bound != b->bound ? a->bound > b->bound : a->number < b->number;
    }
};

/// The tree. Nodes are solved in rounds of one or two, on as many threads as there may be; what a round finds
/// is put together in the order of the lanes, so that the tree is the same on one thread and on two.
class Search {
public:
    Search(const Program& program, const BranchAndCutRequest& request)
        : program_(program),
          request_(request),
          state_{request.known, std::vector<double>(program.columns.size(), 0), {}, {}, Branching(program)} {
        for (const Program::Column& column : program.columns) state_.high.push_back(column.upper);
        lanes_[0].solver = std::make_unique<NodeSolver>(program, request);
        lanes_[0].node = std::make_shared<const Node>(Node{nullptr, -1, 0, 0, -1e30, 0, nullptr});
    }

    BranchAndCutResult run() {
        result_.bound = std::numeric_limits<int>::min();
        while (choose_nodes()) {
            solve_nodes();
            for (const Lane& lane : lanes_)
                for (const Branched::Found& solution : lane.branched.solutions) accept(solution);
            if (stopped_ || at_limit()) {
                for (const Lane& lane : lanes_)
                    if (lane.node) open_.push(lane.node);
                return unfinished();
            }
            for (Lane& lane : lanes_) grow(lane);
            share_rows();
            report_bound();
        }
        result_.finished = true;
        result_.value = state_.value;
        result_.bound = state_.value.value_or(result_.bound);
        result_.deferred_rows = lanes_[0].solver->rows();
        return std::move(result_);
    }

private:
    /// A linear program and what becomes of its node in this round.
    struct Lane {
        std::unique_ptr<NodeSolver> solver;
        NodePtr node;
        bool goes_on = false;  ///< the node is a child of the one before
        bool dive = false;
        std::optional<double> bound;
        Branched branched;
    };

    BranchAndCutResult unfinished() {
        while (!open_.empty() && closed(open_.top()->bound)) open_.pop();
        const double least = open_.empty() ? static_cast<double>(*state_.value) : open_.top()->bound;
        result_.bound = std::max(result_.bound, least_value(request_, least));
        result_.value = state_.value;
        if (result_.value) result_.bound = std::min(result_.bound, *result_.value);
        result_.deferred_rows = lanes_[0].solver->rows();
        return std::move(result_);
    }

    [[nodiscard]] bool closed(double bound) const {
        return state_.value && least_value(request_, bound) >= *state_.value;
    }

    /// Dives into the children chosen last, otherwise takes the open nodes with the best bounds. False: the
    /// tree is done.
    bool choose_nodes() {
        bool any = false;
        for (std::size_t k = 0; k < lanes(); ++k) {
            Lane& lane = lanes_[k];
            if (lane.node && closed(lane.node->bound)) lane.node = nullptr;
            lane.goes_on = lane.node != nullptr;
        }
        for (std::size_t k = 0; k < lanes(); ++k) {
            Lane& lane = lanes_[k];
            while (!lane.node && !open_.empty()) {
                lane.node = open_.top();
                open_.pop();
                if (closed(lane.node->bound)) lane.node = nullptr;
            }
            if (!lane.node) continue;
            any = true;
            if (!lane.solver) {
                lane.solver = lanes_[0].solver->split();
                lane.goes_on = false;
            }
        }
        return any;
    }
    [[nodiscard]] std::size_t lanes() const {
        return result_.nodes > 0 && program_.columns.size() >= kTwoLanesColumns ? lanes_.size() : 1;
    }

    void solve_nodes() {
        std::vector<Lane*> busy;
        for (Lane& lane : lanes_) {
            lane.branched = {};
            if (!lane.node) continue;
            ++result_.nodes;
            lane.dive = wants_dive();
            busy.push_back(&lane);
        }
        if (request_.should_stop && request_.should_stop()) {
            stopped_ = true;
            return;
        }
        std::future<void> other;
        if (busy.size() > 1)
            other = std::async(request_.threads ? std::launch::async : std::launch::deferred,
                               [this, lane = busy[1]] { solve_node(*lane); });
        solve_node(*busy[0]);
        if (busy.size() > 1) other.get();
        for (const Lane* lane : busy) stopped_ = stopped_ || lane->solver->stopped();
    }

    [[nodiscard]] bool at_limit() const {
        if (request_.most_nodes > 0 && result_.nodes >= request_.most_nodes) return true;
        return request_.patience > 0 && result_.nodes >= request_.patience &&
               (!state_.value || request_.patience == 1);
    }

    /// Reads the state, and writes only what is its lane's. The root is alone and may change the state.
    void solve_node(Lane& lane) {
        lane.bound = lane.solver->relax(*lane.node, state_, lane.goes_on);
        if (lane.node->number == 0) lane.bound = finish_root(lane);
        if (!lane.bound) return;
        lane.bound = std::max(*lane.bound, lane.node->bound);
        lane.branched = lane.solver->branch(state_, lane.dive);
    }

    /// Before anything is branched on: cuts, news of better solutions, and what they fix.
    std::optional<double> finish_root(Lane& lane) {
        std::optional<double> bound = lane.bound;
        if (bound) bound = cut_off(*lane.solver, *bound);
        if (!bound) return bound;
        if (request_.news) take_value(request_.news(lane.solver->lp().iterations()));
        if (closed(*bound)) return std::nullopt;
        root_value_ = *bound;
        const double* costs = lane.solver->lp().reduced_costs();
        root_costs_.assign(costs, costs + program_.columns.size());
        fix_by_reduced_costs();
        if (lane.dive) report(*bound);
        return bound;
    }

    /// Rows that whole solutions satisfy and this one does not, as long as they raise the bound.
    std::optional<double> cut_off(NodeSolver& solver, double bound) {
        if (request_.least_size == 0) return bound;
        const SharedPeople cuts(program_, request_.least_size);
        for (int idle = 0; idle < kIdleRounds && !solver.whole(state_);) {
            const std::vector<Program::Row> rows = cuts.broken(solver.lp().values());
            if (rows.empty()) break;
            result_.cuts.insert(result_.cuts.end(), rows.begin(), rows.end());
            const std::optional<double> tighter = solver.tighten(rows);
            if (!tighter) return tighter;
            idle = *tighter > bound + kWorthCutting ? 0 : idle + 1;
            bound = std::max(bound, *tighter);
        }
        return bound;
    }

    /// Large programs are too slow to be branched down to a solution one column at a time.
    [[nodiscard]] bool wants_dive() const {
        return program_.columns.size() > kDiveColumns && (result_.nodes & (result_.nodes - 1)) == 0;
    }

    void grow(Lane& lane) {
        const NodePtr node = std::exchange(lane.node, nullptr);
        if (!node) return;
        for (const Branched::Gain& gain : lane.branched.gains)
            state_.branching.learn(gain.column, gain.up, gain.gain);
        if (lane.bound && node->parent)
            state_.branching.learn(node->column, node->low > state_.low[at(node->column)],
                                   std::max(0.0, *lane.bound - node->bound));
        if (lane.branched.column >= 0) branch(lane, node);
    }

    void branch(Lane& lane, const NodePtr& node) {
        const Branched& what = lane.branched;
        const double floor = std::floor(what.value);
        const auto child = [&](double from, double to) {
            return std::make_shared<const Node>(
                Node{node, what.column, from, to, *lane.bound, ++numbers_, what.basis});
        };
        NodePtr down = child(what.low, floor);
        NodePtr up = child(floor + 1, what.high);
        if (what.value - floor >= 0.5) std::swap(up, down);
        lane.node = down;
        open_.push(up);
    }

    void accept(const Branched::Found& solution) {
        if (state_.value && solution.value >= *state_.value) return;
        take_value(solution.value);
        if (request_.on_better) request_.on_better(solution.value, solution.values);
    }
    void take_value(int value) {
        if (state_.value && value >= *state_.value) return;
        state_.value = value;
        fix_by_reduced_costs();
    }

    /// A column at its lower bound at the root stays there in every better solution when moving it by one
    /// costs too much.
    void fix_by_reduced_costs() {
        if (!state_.value) return;
        const double most = static_cast<double>(*state_.value) - 1 + 1e-4;
        for (std::size_t j = 0; j < root_costs_.size(); ++j) {
            if (state_.high[j] == state_.low[j] || root_value_ + root_costs_[j] <= most) continue;
            state_.high[j] = state_.low[j];
            state_.fixed.push_back(static_cast<int>(j));
        }
    }

    /// What one lane came to need, the other gets too.
    void share_rows() {
        for (Lane& to : lanes_)
            for (const Lane& from : lanes_)
                if (&to != &from && to.solver && from.solver) to.solver->add_rows(from.solver->rows());
    }

    void report_bound() {
        double least = open_.empty() ? 1e30 : open_.top()->bound;
        for (const Lane& lane : lanes_)
            if (lane.node) least = std::min(least, lane.node->bound);
        report(least);
    }
    void report(double least) {
        if (least > 1e29 || least < -1e29) return;
        int bound = least_value(request_, least);
        if (state_.value) bound = std::min(bound, *state_.value);  // nodes that are closed say more
        if (bound <= result_.bound) return;
        result_.bound = bound;
        if (request_.on_bound) request_.on_bound(bound);
    }

    const Program& program_;
    const BranchAndCutRequest& request_;
    SearchState state_;
    double root_value_ = 0;
    std::vector<double> root_costs_;
    std::array<Lane, 2> lanes_;
    std::priority_queue<NodePtr, std::vector<NodePtr>, Later> open_;
    BranchAndCutResult result_;
    long numbers_ = 0;
    bool stopped_ = false;
};

}  // namespace

BranchAndCutResult branch_and_cut(const Program& program, const BranchAndCutRequest& request) {
    return Search(program, request).run();
}

}  // namespace convene
