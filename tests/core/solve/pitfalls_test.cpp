#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/rules/check_plan.h"
#include "core/solve/solve.h"
#include "tests/support/solved.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

std::vector<std::size_t> sizes(const Plan& plan) {
    std::vector<std::size_t> list;
    for (const PlannedGroup& group : plan.groups) list.push_back(group.participants.size());
    std::sort(list.begin(), list.end());
    return list;
}

TEST(SolvePitfalls, pitfall_03_meetings_before_over_and_after_sunday_midnight_are_all_found) {
    for (const auto& [alone, expected] : {std::pair{"Sun 23:00-24:00", "Sun 23:00"},
                                          {"Sun 23:30-00:30", "Sun 23:30"},
                                          {"Mon 00:00-01:00", "Mon 00:00"}}) {
        const Plan plan = solved(ProblemBuilder()
                                     .sizes(1, 4)
                                     .facilitator("f", "UTC", "Sun 23:00-01:00")
                                     .participant("b", "UTC", "Sun 23:00-24:00, Mon 00:00-01:00")
                                     .participant("c", "UTC", alone)
                                     .together({"b", "c"})
                                     .build());
        ASSERT_EQ(plan.groups.size(), 1U) << expected;
        EXPECT_EQ(plan.groups[0].start, weekly_start(expected));
    }
    const Plan two_hours = solved(ProblemBuilder()
                                      .minutes(120)
                                      .sizes(1, 4)
                                      .facilitator("f", "UTC", "Sun 23:00-01:00")
                                      .participant("b", "UTC", "Sun 23:00-24:00, Mon 00:00-01:00")
                                      .build());
    EXPECT_EQ(two_hours.objective.placed, 1);
}

TEST(SolvePitfalls, pitfall_04_a_zone_off_by_a_quarter_meets_on_its_quarter_or_not_at_all) {
    ProblemBuilder cohort;
    cohort.sizes(1, 4)
        .facilitator("f", "UTC", "Mon 03:00-05:00")
        .participant("p", "Asia/Kathmandu", "Mon 09:00-10:00");
    EXPECT_EQ(solved(cohort.build()).objective.placed, 0)
        << "the grid of half hours in UTC has no such start";
    const Plan plan = solved(cohort.step(15).build());
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].start, weekly_start("Mon 03:15"));
    EXPECT_EQ(solved(cohort.step(30).anchor("Asia/Kathmandu").build()).objective.placed, 1);
}

TEST(SolvePitfalls, pitfall_05_a_meeting_of_45_minutes_fits_a_quarter_past) {
    const Plan plan = solved(ProblemBuilder()
                                 .minutes(45)
                                 .step(15)
                                 .sizes(1, 4)
                                 .facilitator("f", "UTC", "Mon 09:00-12:00")
                                 .participant("p", "UTC", "Mon 09:15-10:00")
                                 .build());
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].start, weekly_start("Mon 09:15"));
}

TEST(SolvePitfalls, pitfall_07_london_and_sydney_share_the_hour_in_january_only) {
    ProblemBuilder cohort;
    cohort.meetings(1)
        .sizes(1, 3)
        .facilitator("f", "Europe/London", "Tue 09:00-10:00")
        .participant("p", "Australia/Sydney", "Tue 20:00-21:00");
    EXPECT_EQ(solved(cohort.start_date("2025-01-06").build()).objective.placed, 1);
    EXPECT_EQ(solved(cohort.start_date("2025-07-07").build()).objective.placed, 0);
}

TEST(SolvePitfalls, pitfall_14_evening_out_leaves_each_group_its_facilitator) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(3, 7)
                                 .facilitator("f1", "UTC", "Mon 09:00-10:00", 1)
                                 .facilitator("f2", "UTC", "Tue 09:00-10:00", 1)
                                 .participants(3, "t", "UTC", "Tue 09:00-10:00")
                                 .participants(5, "m", "UTC", "Mon 09:00-10:00")
                                 .participants(2, "x", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00")
                                 .build());
    EXPECT_EQ(sizes(plan), (std::vector<std::size_t>{5, 5}));
    EXPECT_EQ(plan.groups[0].facilitator, "f1");
    EXPECT_EQ(plan.groups[1].facilitator, "f2");
}

TEST(SolvePitfalls, pitfall_17_load_is_spread_and_hours_are_distinct) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(4, 4)
                                 .facilitator("f0", "UTC", "Mon 09:00-12:00", 5)
                                 .facilitator("f1", "UTC", "Mon 09:00-12:00", 5)
                                 .facilitator("f2", "UTC", "Mon 09:00-12:00", 5)
                                 .participants(12, "p", "UTC", "Mon 09:00-12:00")
                                 .build());
    std::set<std::string> leaders;
    for (const PlannedGroup& group : plan.groups) leaders.insert(group.facilitator);
    EXPECT_EQ(plan.groups.size(), 3U);
    EXPECT_EQ(leaders.size(), 3U);
}

TEST(SolvePitfalls, pitfall_23_seven_people_at_one_hour_make_two_groups_and_nobody_is_lost) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(3, 4)
                                 .facilitator("f1", "UTC", "Mon 09:00-10:00")
                                 .facilitator("f2", "UTC", "Mon 09:00-10:00")
                                 .participants(7, "p", "UTC", "Mon 09:00-10:00")
                                 .build());
    EXPECT_EQ(sizes(plan), (std::vector<std::size_t>{3, 4}));
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
