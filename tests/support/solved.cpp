#include "tests/support/solved.h"

#include <gtest/gtest.h>

#include "core/rules/check_plan.h"

namespace convene::test {

std::string violations_of(const Problem& problem, const Plan& plan) {
    std::string text;
    for (const Violation& violation : check_plan(problem, plan))
        text += (text.empty() ? "" : "; ") + violation.rule + ": " + violation.message;
    return text;
}

Plan solved(const Problem& problem, const SolveOptions& options) {
    Plan plan = solve(problem, options);
    EXPECT_EQ(violations_of(problem, plan), "");
    EXPECT_EQ(plan.status, PlanStatus::optimal);
    EXPECT_EQ(plan.bound, plan.objective);
    return plan;
}

}  // namespace convene::test
