// src/core/solve/solve.h: from a Problem to the best Plan that can be found and proven.
#pragma once
#include <cstdint>
#include <functional>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene {

/// What is known at some moment of the search.
struct SolveProgress {
    Objective incumbent;  ///< of the best valid plan so far
    Objective bound;
};

struct SolveOptions {
    std::uint64_t seed = 0;
    int threads = 0;  ///< 0: as many as the machine has; never changes the result
    /// Asked often, from any solver thread; true ends the search with the best plan so far and a true bound.
    std::function<bool()> should_stop;
    /// Called when incumbent or bound improves, from the thread that called solve().
    std::function<void(const SolveProgress&)> on_progress;
};

/// Always returns a valid plan (perhaps without groups): infeasibility is an
/// answer, not an error. Unplaced people carry a proven reason. The same problem and seed
/// give the same plan, whatever the order of the input and the number of
/// threads, as long as should_stop did not end the search.
[[nodiscard]] Plan solve(const Problem& problem, const SolveOptions& options);

}  // namespace convene
