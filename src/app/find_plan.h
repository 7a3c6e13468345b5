// src/app/find_plan.h: solve, explain, judge: a plan that may be used.
#pragma once
#include <functional>
#include <vector>

#include "core/model/plan.h"
#include "core/model/problem.h"
#include "core/solve/solve.h"

namespace convene {

/// The solver's plan with the proven reason and the cheapest cure of everybody whom it leaves out,
/// and passed by the judge.
/// \param name_groups  gives new groups other names than the solver's, before any sentence mentions them
/// \throws PlanRefused when the judge finds fault with it: a defect of convene
[[nodiscard]] Plan find_plan(const Problem& problem, const SolveOptions& options,
                             const std::function<void(Plan&)>& name_groups = {});

/// The same plan first, then others as good that differ in times (solve_alternatives): at most `count` in
/// all.
[[nodiscard]] std::vector<Plan> find_plans(const Problem& problem, int count, const SolveOptions& options,
                                           const std::function<void(Plan&)>& name_groups = {});

}  // namespace convene
