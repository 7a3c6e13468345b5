// src/core/solve/alternatives.h: other plans that are as good, for an organiser to choose from.
#pragma once
#include <vector>

#include "core/solve/solve.h"

namespace convene {

/// Plans that place as many people with as little if-needed time as solve()'s, which comes first and
/// is the very same plan. Each of the others has a group at a time that none before it uses, and, of
/// all plans that have, as few groups as were found at times that were used already (docs/algorithm.md).
/// \param count  at most so many plans, at least 1; fewer come back when no other plan differs, or when
///               the search was stopped
[[nodiscard]] std::vector<Plan> solve_alternatives(const Problem& problem, int count,
                                                   const SolveOptions& options);

}  // namespace convene
