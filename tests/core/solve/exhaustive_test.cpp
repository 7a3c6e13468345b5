#include <gtest/gtest.h>

#include "core/rules/check_plan.h"
#include "core/solve/solve.h"
#include "tests/support/brute_force.h"
#include "tests/support/random_cohort.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

constexpr std::uint64_t kCohorts = 3000;

void expect_best(std::uint64_t number, std::optional<int> step) {
    SCOPED_TRACE("random cohort " + std::to_string(number));
    ProblemInput input = random_cohort(number);
    if (step) input.rules.start_step_minutes = *step;
    const auto problem = Problem::build(std::move(input));
    ASSERT_TRUE(problem.has_value());
    const Plan plan = solve(*problem, {});
    const auto best = brute_force(*problem);
    ASSERT_TRUE(best.has_value());
    EXPECT_EQ(plan.objective, *best) << plan.objective.placed << '/' << plan.objective.if_needed
                                     << " instead of " << best->placed << '/' << best->if_needed;
    EXPECT_EQ(plan.bound, *best) << "bound " << plan.bound.placed << '/' << plan.bound.if_needed;
    EXPECT_EQ(plan.status, PlanStatus::optimal);
    const auto violations = check_plan(*problem, plan);
    EXPECT_TRUE(violations.empty()) << violations.front().rule << ": " << violations.front().message;
}

TEST(Solve, agrees_with_trying_everything_on_thousands_of_tiny_cohorts) {
    for (std::uint64_t number = 0; number < kCohorts && !HasFailure(); ++number)
        expect_best(number, std::nullopt);
}

TEST(Solve, agrees_with_trying_everything_on_fine_grids) {
    for (std::uint64_t number = 0; number < 400 && !HasFailure(); ++number)
        expect_best(number, number % 2 == 0 ? 15 : 10);
}

}  // namespace
}  // namespace convene::test
