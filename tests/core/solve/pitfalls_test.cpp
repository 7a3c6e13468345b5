#include <gtest/gtest.h>

#include <algorithm>

#include "core/rules/check_plan.h"
#include "core/solve/solve.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

Plan solved(const Problem& problem) {
    const Plan plan = solve(problem, {});
    for (const Violation& violation : check_plan(problem, plan))
        ADD_FAILURE() << violation.rule << ": " << violation.message;
    EXPECT_EQ(plan.status, PlanStatus::optimal);
    return plan;
}

std::vector<std::size_t> sizes(const Plan& plan) {
    std::vector<std::size_t> list;
    for (const PlannedGroup& group : plan.groups) list.push_back(group.participants.size());
    std::sort(list.begin(), list.end());
    return list;
}

TEST(SolvePitfalls, pitfall_06_new_york_and_phoenix_share_the_hour_in_january_only) {
    ProblemBuilder cohort;
    cohort.meetings(1)
        .sizes(1, 3)
        .facilitator("f", "America/New_York", "Tue 13:00-14:00")
        .participant("p", "America/Phoenix", "Tue 11:00-12:00");
    EXPECT_EQ(solved(cohort.start_date("2025-01-06").build()).objective.placed, 1);
    EXPECT_EQ(solved(cohort.start_date("2025-07-07").build()).objective.placed, 0);
}

TEST(SolvePitfalls, pitfall_12_free_then_if_needed_time_makes_one_if_needed_meeting) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(1, 3)
                                 .facilitator("f", "UTC", "Mon 09:00-10:00")
                                 .participant("p", "UTC", "Mon 09:00-09:30", "Mon 09:30-10:00")
                                 .build());
    EXPECT_EQ(plan.objective, (Objective{1, 1}));
}

TEST(SolvePitfalls, pitfall_13_one_facilitator_leads_one_group_at_one_hour) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(3, 5)
                                 .facilitator("f", "UTC", "Mon 00:00-01:00", 3)
                                 .participants(8, "p", "UTC", "Mon 00:00-01:00")
                                 .build());
    EXPECT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.objective.placed, 5);
}

TEST(SolvePitfalls, pitfall_15_the_facilitator_counts_for_the_size_only_when_asked) {
    ProblemBuilder cohort;
    cohort.sizes(4, 8)
        .facilitator("f", "UTC", "Mon 09:00-10:00")
        .participants(3, "p", "UTC", "Mon 09:00-10:00");
    EXPECT_EQ(solved(cohort.build()).objective.placed, 0);
    EXPECT_EQ(solved(cohort.count_facilitator().build()).objective.placed, 3);
}

TEST(SolvePitfalls, pitfall_16_nine_people_make_five_and_four) {
    const Plan plan = solved(ProblemBuilder()
                                 .facilitator("f1", "UTC", "Mon 09:00-10:00")
                                 .facilitator("f2", "UTC", "Mon 09:00-10:00")
                                 .participants(9, "p", "UTC", "Mon 09:00-10:00")
                                 .build());
    EXPECT_EQ(sizes(plan), (std::vector<std::size_t>{4, 5}));
}

TEST(SolvePitfalls, pitfall_18_on_leave_leads_nothing) {
    const Plan plan = solved(ProblemBuilder()
                                 .facilitator("f", "UTC", "Mon 09:00-10:00", 0)
                                 .participants(4, "p", "UTC", "Mon 09:00-10:00")
                                 .build());
    EXPECT_TRUE(plan.groups.empty());
    EXPECT_EQ(plan.unplaced.size(), 4U);
}

TEST(SolvePitfalls, pitfall_19_a_meeting_elsewhere_blocks_its_hour) {
    const Plan plan = solved(ProblemBuilder()
                                 .buffer(30)
                                 .facilitator("f", "UTC", "Tue 17:00-20:00")
                                 .participants(4, "p", "UTC", "Tue 17:00-20:00")
                                 .booking("f", "2025-01-21T17:30:00Z")
                                 .build());
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].start, weekly_start("Tue 19:00"));
}

TEST(SolvePitfalls, pitfall_20_rows_in_any_order_give_the_same_plan) {
    ProblemBuilder cohort = tiny_cohort();
    const Plan plan = solved(cohort.build());
    std::reverse(cohort.input().people.begin(), cohort.input().people.end());
    EXPECT_EQ(solved(cohort.build()), plan);
}

TEST(SolvePitfalls, pitfall_21_nobody_is_placed_where_they_are_not_free) {
    const Plan plan = solved(ProblemBuilder()
                                 .facilitator("f", "UTC", "Tue 10:00-11:00")
                                 .participants(6, "p", "UTC", "Wed 10:00-11:00")
                                 .build());
    EXPECT_EQ(plan.objective.placed, 0);
}

TEST(SolvePitfalls, pitfall_24_apart_is_a_ban_not_a_preference) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(1, 4)
                                 .facilitator("f", "UTC", "Mon 09:00-10:00")
                                 .participant("a", "UTC", "Mon 09:00-10:00")
                                 .participant("b", "UTC", "Mon 09:00-10:00")
                                 .apart({"a", "b"})
                                 .build());
    EXPECT_EQ(plan.objective.placed, 1);
}

TEST(SolvePitfalls, pitfall_26_stopped_at_once_it_is_honest) {
    SolveOptions options;
    options.should_stop = [] { return true; };
    const Problem problem = tiny_cohort().build();
    const Plan plan = solve(problem, options);
    EXPECT_EQ(plan.status, PlanStatus::feasible);
    EXPECT_TRUE(check_plan(problem, plan).empty());
    EXPECT_GE(plan.bound.placed, 4);
    EXPECT_EQ(plan.groups.size(), 1U);
}

TEST(SolvePitfalls, pitfall_32_free_seats_are_filled_and_a_second_run_changes_nothing) {
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Mon 09:00-10:00", 1).participants(6, "p", "UTC", "Mon 09:00-10:00");
    cohort.fixed("Old", "Mon 09:00", "f", {"p1", "p2", "p3", "p4"});
    const Plan plan = solved(cohort.build());
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].name, "Old");
    EXPECT_EQ(plan.groups[0].participants.size(), 6U);
    ProblemBuilder again;
    again.facilitator("f", "UTC", "Mon 09:00-10:00", 1).participants(6, "p", "UTC", "Mon 09:00-10:00");
    again.fixed("Old", "Mon 09:00", "f", plan.groups[0].participants);
    EXPECT_EQ(solved(again.build()).groups, plan.groups);
}

}  // namespace
}  // namespace convene::test
