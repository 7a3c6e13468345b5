// src/core/solve/node_solver.h: one node of branch and cut at a time: its relaxation, and what to branch on.
#pragma once
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/solve/branch_and_cut.h"
#include "core/solve/branching.h"
#include "core/solve/deferred_rows.h"
#include "core/solve/lp.h"

namespace convene {

/// Where a relaxation ended, in words that every NodeSolver of the search understands.
struct NodeBasis {
    LpBasis common;                                  ///< columns, and rows that all of them have in one order
    std::vector<std::pair<int, unsigned char>> own;  ///< deferred rows added later, rising
};

/// A subproblem: its parent's, with one column bounded more tightly.
struct Node {
    std::shared_ptr<const Node> parent;
    int column = -1;
    double low = 0;
    double high = 0;
    double bound = 0;
    long number = 0;
    std::shared_ptr<const NodeBasis> basis;  ///< where its parent's relaxation ended
};
using NodePtr = std::shared_ptr<const Node>;

/// What all nodes have in common; it stays as it is while nodes are solved.
struct SearchState {
    std::optional<int> value;       ///< of the best solution known
    std::vector<double> low, high;  ///< by column, at the root
    std::vector<int> fixed;         ///< columns fixed at the root since the search began, in that order
    Branching branching;
};

/// What a node leads to.
struct Branched {
    int column = -1;  ///< to branch on; -1: nothing better is left below
    double value = 0;
    double low = 0;
    double high = 0;
    std::shared_ptr<const NodeBasis> basis;
    struct Found {
        int value = 0;
        std::vector<double> values;  ///< by column
    };
    std::vector<Found> solutions;  ///< on the way, each better than the one before
    struct Gain {
        int column = 0;
        bool up = false;
        double gain = 0;
    };
    std::vector<Gain> gains;  ///< that trials measured
};

/// Holds a linear program. Two of them can work at once, on nodes of the same search.
class NodeSolver {
public:
    /// \param program, request  must outlive this
    NodeSolver(const Program& program, const BranchAndCutRequest& request);
    /// A second one that stands where the other stands. From now on the rows that each comes to need are to
    /// be added to the other.
    [[nodiscard]] std::unique_ptr<NodeSolver> split();

    /// Solves the node with as many deferred rows as it takes: its bound, or nothing when there is nothing
    /// better below, or when it was stopped.
    /// \param goes_on  the node is a child of the one solved here last
    [[nodiscard]] std::optional<double> relax(const Node& node, const SearchState& state, bool goes_on);
    /// Adds cuts, then solves the same node again. \returns as relax()
    [[nodiscard]] std::optional<double> tighten(const std::vector<Program::Row>& cuts);
    /// What to branch on. \param dive  to look for a solution by rounding many columns at a time, too
    [[nodiscard]] Branched branch(const SearchState& state, bool dive);

    [[nodiscard]] bool stopped() const noexcept { return stopped_; }
    [[nodiscard]] const Lp& lp() const noexcept { return lp_; }
    [[nodiscard]] bool whole(const SearchState& state) const;
    /// Deferred rows that are in the linear program, in the order in which they came.
    [[nodiscard]] const std::vector<int>& rows() const noexcept { return in_lp_; }
    /// Those of the rows that are not yet there.
    void add_rows(const std::vector<int>& rows);

private:
    NodeSolver(const NodeSolver&) = default;

    void enter(const Node& node, const SearchState& state);
    void start_from(const NodeBasis& basis);
    [[nodiscard]] NodeBasis basis() const;
    void set_bounds(int column, double low, double high);
    [[nodiscard]] std::optional<double> solve();
    bool add_violated();
    void note_row(int row);
    int best_tried(const SearchState& state, const std::vector<int>& candidates,
                   const std::vector<double>& values, const NodeBasis& basis, Branched& branched);
    double try_out(int column, double low, double high, double bound, const NodeBasis& basis);
    void dive(const SearchState& state, Branched& branched);
    [[nodiscard]] std::vector<std::pair<double, int>> fractional_of(Program::Kind kind) const;
    void keep_whole();
    void accept(Branched& branched);
    [[nodiscard]] double give_up_above() const;
    [[nodiscard]] bool closed(double bound) const;

    const Program& program_;
    const BranchAndCutRequest& request_;
    DeferredRows deferred_;
    Lp lp_;
    std::vector<char> added_;            ///< by deferred row: it is in the linear program
    std::vector<int> in_lp_;             ///< those, in the order in which they stand there, after all others
    std::optional<std::size_t> common_;  ///< how many of those stood there when this was split
    std::size_t fixed_ = 0;              ///< how many of SearchState::fixed are known here
    std::optional<int> value_;           ///< of the best solution known here
    std::vector<double> low_, high_;
    std::vector<int> touched_;
    bool stopped_ = false;
};

/// The least value that a solution can have where a relaxed one has this.
[[nodiscard]] int least_value(const BranchAndCutRequest& request, double relaxed);

}  // namespace convene
