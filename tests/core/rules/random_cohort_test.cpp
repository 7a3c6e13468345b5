#include "tests/support/random_cohort.h"

#include <gtest/gtest.h>

#include "tests/support/brute_force.h"

namespace convene::test {
namespace {

TEST(RandomCohort, cohorts_are_valid_and_neither_all_empty_nor_all_easy) {
    int nobody = 0;
    int everybody = 0;
    int if_needed = 0;
    constexpr int kCohorts = 200;
    for (int number = 0; number < kCohorts; ++number) {
        const auto problem = Problem::build(random_cohort(static_cast<std::uint64_t>(number)));
        ASSERT_TRUE(problem.has_value()) << number << ": " << to_string(problem.error().front());
        const Objective best = brute_force(*problem).value();
        if (best.placed == 0) ++nobody;
        if (best.placed == static_cast<int>(problem->participants().size())) ++everybody;
        if (best.if_needed > 0) ++if_needed;
    }
    EXPECT_LT(nobody, kCohorts / 2);
    EXPECT_LT(everybody, kCohorts / 2);
    EXPECT_GT(if_needed, kCohorts / 5);
}

}  // namespace
}  // namespace convene::test
