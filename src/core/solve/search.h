// src/core/solve/search.h: the search for O1 and O2, before groups are evened out and written down.
#pragma once
#include "core/solve/instance.h"
#include "core/solve/program.h"
#include "core/solve/solve.h"

namespace convene {

/// Everything that the search found, enough to go on from there.
struct SearchResult {
    Instance instance;
    Program program;  ///< of the whole instance
    Solution best;
    Objective bound;         ///< of whole plans, fixed groups included
    bool finished = false;   ///< the bound is reached
    bool everybody = false;  ///< `best` places every unit
};

[[nodiscard]] SearchResult search(const Problem& problem, const SolveOptions& options);

/// A solution as a plan, with what the search proved.
[[nodiscard]] Plan proven_plan(const SearchResult& found, const Solution& solution, std::uint64_t seed);

}  // namespace convene
