// src/app/current_plan.h: a cohort's groups as they stand, as a plan that can be judged.
#pragma once
#include "app/build_problem.h"
#include "core/model/plan.h"

namespace convene {

/// Its groups are those of `problem`, in the order of their ids; everybody else is unplaced, with no
/// reason looked for. Counts and bounds are not filled.
[[nodiscard]] Plan current_plan(const CohortProblem& problem);

}  // namespace convene
