// tests/support/solved.h: a plan as tests want it: solved, judged and proven.
#pragma once
#include "core/model/plan.h"
#include "core/model/problem.h"
#include "core/solve/solve.h"

namespace convene::test {

/// Adds a test failure for every violation that the judge names, and when the plan is not proven.
[[nodiscard]] Plan solved(const Problem& problem, const SolveOptions& options = {});

/// `R6: …; R10: …`, empty for a valid plan.
[[nodiscard]] std::string violations_of(const Problem& problem, const Plan& plan);

}  // namespace convene::test
