// A search that is stopped at any moment has a valid plan and a bound that is true.
#include <gtest/gtest.h>

#include "tests/support/solved.h"
#include "tests/support/synthetic_cohort.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

Problem people(int participants, std::uint64_t seed) {
    SyntheticCohort wanted;
    wanted.participants = participants;
    wanted.seed = seed;
    auto problem = Problem::build(synthetic_cohort(wanted, zone_table()).problem);
    if (!problem) throw std::runtime_error(to_string(problem.error().front()));
    return *std::move(problem);
}

TEST(SolveAnytime, pitfall_26_stopped_after_any_amount_of_work_plan_and_bound_hold) {
    int stopped = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Problem problem = people(60, seed);
        const Objective best = solved(problem).objective;
        for (int patience = 0; patience < 60; ++patience) {
            SolveOptions options;
            int asked = 0;
            options.should_stop = [&] { return ++asked > patience; };
            const Plan plan = solve(problem, options);
            SCOPED_TRACE("stopped at question " + std::to_string(patience) + ", seed " +
                         std::to_string(seed));
            EXPECT_EQ(violations_of(problem, plan), "");
            EXPECT_LE(plan.objective.placed, best.placed);
            EXPECT_GE(plan.bound.placed, best.placed);
            if (plan.objective.placed == best.placed) {
                EXPECT_LE(plan.bound.if_needed, best.if_needed);
            }
            if (plan.status == PlanStatus::optimal) {
                EXPECT_EQ(plan.objective, best);
            } else {
                ++stopped;
            }
        }
    }
    EXPECT_GT(stopped, 20) << "the search was hardly ever stopped in between";
}

TEST(SolveAnytime, plans_that_stream_to_the_caller_get_better_and_bounds_close_in) {
    const Problem problem = people(60, 1);
    std::vector<SolveProgress> seen;
    SolveOptions options;
    options.on_progress = [&](const SolveProgress& progress) { seen.push_back(progress); };
    const Plan plan = solved(problem, options);
    ASSERT_GE(seen.size(), 3U) << "a first plan, something better, a bound";
    EXPECT_GT(seen.front().incumbent.placed, 0) << "the first plan is there before the search";
    for (std::size_t i = 0; i < seen.size(); ++i) {
        EXPECT_GE(seen[i].bound.placed, plan.objective.placed);
        if (i == 0) continue;
        EXPECT_GE(seen[i].incumbent.placed, seen[i - 1].incumbent.placed);
        EXPECT_LE(seen[i].bound.placed, seen[i - 1].bound.placed);
    }
    EXPECT_EQ(seen.back().incumbent.placed, plan.objective.placed);
}

}  // namespace
}  // namespace convene::test
