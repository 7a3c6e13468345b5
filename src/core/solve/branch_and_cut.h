// src/core/solve/branch_and_cut.h: proves the best value of one objective of a Program.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "core/solve/program.h"

namespace convene {

struct BranchAndCutRequest {
    std::vector<int> objective;  ///< by column, to be minimised; every solution has a whole value
    std::vector<Program::Row> extra_rows;
    /// Rows that are added when broken, of those the search starts with: what another search over the
    /// program came to need. See DeferredRows.
    std::vector<int> deferred_rows;
    /// Above 0: what a new group needs, where the sizes allowed leave gaps, so that relaxed solutions are far
    /// from whole ones. Cuts that follow from it are looked for (SharedPeople), and branchings are tried
    /// before one is chosen.
    int least_size = 0;
    /// The least value not below this one that a solution can have; empty: every whole number may be one.
    std::function<int(int value)> reachable;
    /// True: every unit must be placed.
    bool place_all = false;
    /// Give up, unfinished, after so many nodes without any solution; 0: never.
    long patience = 0;
    /// Give up, unfinished, after so many nodes; 0: never.
    long most_nodes = 0;
    /// Value of a solution that the caller holds; only better ones are looked for.
    std::optional<int> known;
    /// Values by column of a solution, or nearly one, at which the first relaxation starts. The better it is,
    /// the sooner it ends. Empty: it starts from nothing.
    std::vector<double> start;
    /// Asked once, before the first branching if there is one: the value of the best solution that the caller
    /// has found beside, no better than `known` when there is none. Gets how many simplex iterations have
    /// been made. May be empty.
    std::function<int(long iterations)> news;
    /// True: nodes may be solved on two threads, and should_stop is asked on both. The tree is the same.
    bool threads = false;
    std::function<bool()> should_stop;
    /// A better solution was found: its values by column.
    std::function<void(int value, const std::vector<double>& values)> on_better;
    /// The proven bound rose.
    std::function<void(int bound)> on_bound;
};

struct BranchAndCutResult {
    bool finished = false;     ///< false: stopped before the proof
    std::optional<int> value;  ///< the best known, `known` included; empty: there is no solution
    int bound = 0;             ///< no solution has a lower value; equals value when finished
    long nodes = 0;
    std::vector<int> deferred_rows;  ///< that it came to need
    std::vector<Program::Row> cuts;  ///< that it found; every solution of the program satisfies them
};

[[nodiscard]] BranchAndCutResult branch_and_cut(const Program& program, const BranchAndCutRequest& request);

}  // namespace convene
