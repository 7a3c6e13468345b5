#include "core/solve/alternatives.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/random_cohort.h"
#include "tests/support/solved.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

std::set<Instant> times(const Plan& plan) {
    std::set<Instant> set;
    for (const PlannedGroup& group : plan.groups) set.insert(group.meetings.front());
    return set;
}

/// Four people and a facilitator who share Monday, Tuesday and Wednesday at nine.
ProblemBuilder three_days() {
    ProblemBuilder cohort;
    const char* hours = "Mon 09:00-10:00, Tue 09:00-10:00, Wed 09:00-10:00";
    cohort.facilitator("f", "UTC", hours, 1).participants(4, "p", "UTC", hours);
    return cohort;
}

TEST(Alternatives, every_day_that_is_as_good_is_offered_once) {
    const Problem problem = three_days().build();
    const std::vector<Plan> plans = solve_alternatives(problem, 5, {});
    ASSERT_EQ(plans.size(), 3U);
    std::set<Instant> all;
    for (const Plan& plan : plans) {
        EXPECT_EQ(violations_of(problem, plan), "");
        EXPECT_EQ(plan.objective, (Objective{4, 0}));
        EXPECT_EQ(plan.status, PlanStatus::optimal);
        all.merge(times(plan));
    }
    EXPECT_EQ(all.size(), 3U);
}

TEST(Alternatives, the_first_plan_is_the_one_that_solve_gives) {
    const Problem problem = three_days().build();
    EXPECT_EQ(solve_alternatives(problem, 3, {}).front(), solve(problem, {}));
    EXPECT_EQ(solve_alternatives(problem, 1, {}).size(), 1U);
}

TEST(Alternatives, asking_for_more_plans_does_not_change_the_first_ones) {
    const Problem problem = three_days().build();
    const std::vector<Plan> two = solve_alternatives(problem, 2, {});
    const std::vector<Plan> three = solve_alternatives(problem, 3, {});
    ASSERT_EQ(two.size(), 2U);
    EXPECT_TRUE(std::equal(two.begin(), two.end(), three.begin()));
}

TEST(Alternatives, a_day_that_needs_if_needed_time_is_no_alternative) {
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00", 1)
        .participants(3, "p", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00")
        .participant("q", "UTC", "Mon 09:00-10:00", "Tue 09:00-10:00");
    EXPECT_EQ(solve_alternatives(cohort.build(), 5, {}).size(), 1U);
}

TEST(Alternatives, a_plan_that_keeps_one_time_is_preceded_by_one_that_keeps_none) {
    // Two groups, both of which can move to a day of their own.
    ProblemBuilder cohort;
    for (const auto& [group, days] : {std::pair{"a", "Mon 09:00-10:00, Tue 09:00-10:00"},
                                      std::pair{"b", "Wed 09:00-10:00, Thu 09:00-10:00"}})
        cohort.facilitator(std::string("f") + group, "UTC", days, 1).participants(4, group, "UTC", days);
    const std::vector<Plan> plans = solve_alternatives(cohort.build(), 5, {});
    ASSERT_GE(plans.size(), 2U);
    std::set<Instant> shared;
    const std::set<Instant> first = times(plans[0]);
    const std::set<Instant> second = times(plans[1]);
    std::set_intersection(first.begin(), first.end(), second.begin(), second.end(),
                          std::inserter(shared, shared.end()));
    EXPECT_EQ(second.size(), 2U);
    EXPECT_TRUE(shared.empty());
}

TEST(Alternatives, on_random_cohorts_each_is_valid_as_good_and_has_a_time_of_its_own) {
    int several = 0;
    for (std::uint64_t number = 0; number < 300; ++number) {
        SCOPED_TRACE("random cohort " + std::to_string(number));
        const auto problem = Problem::build(random_cohort(number));
        ASSERT_TRUE(problem.has_value());
        const std::vector<Plan> plans = solve_alternatives(*problem, 4, {});
        std::set<std::string> fixed;
        for (const FixedGroup& group : problem->fixed_groups()) fixed.insert(group.name);
        std::set<std::vector<Instant>> used;
        for (std::size_t i = 0; i < plans.size(); ++i) {
            EXPECT_EQ(violations_of(*problem, plans[i]), "");
            EXPECT_EQ(plans[i].objective, plans[0].objective);
            bool fresh = false;
            for (const PlannedGroup& group : plans[i].groups)
                if (!fixed.contains(group.name)) fresh = used.insert(group.meetings).second || fresh;
            EXPECT_TRUE(i == 0 || fresh) << "plan " << i + 1;
        }
        if (plans.size() > 1) ++several;
    }
    EXPECT_GT(several, 50) << "the cohorts leave nothing to choose: this test proves little";
}

TEST(Alternatives, stopped_at_once_there_is_still_a_plan) {
    SolveOptions options;
    options.should_stop = [] { return true; };
    EXPECT_EQ(solve_alternatives(three_days().build(), 3, options).size(), 1U);
}

}  // namespace
}  // namespace convene::test
