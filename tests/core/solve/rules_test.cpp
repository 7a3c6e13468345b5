// One cohort per hard rule in which breaking that rule would pay: a solver that forgets the rule fails the
// test that carries its name.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/solved.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

TEST(SolverObeys, R1_every_group_has_exactly_one_facilitator) {
    // Two full groups could meet, one could be led.
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(2, 3)
                                 .facilitator("f", "UTC", "Mon 09:00-10:00", 3)
                                 .participants(6, "p", "UTC", "Mon 09:00-10:00")
                                 .build());
    EXPECT_EQ(plan.objective.placed, 3);
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].facilitator, "f");
}

TEST(SolverObeys, R1_no_group_meets_without_its_facilitator) {
    // One facilitator for one of two hours: the other one has people, too.
    const Plan plan = solved(ProblemBuilder()
                                 .facilitator("f", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00", 1)
                                 .participants(4, "m", "UTC", "Mon 09:00-10:00")
                                 .participants(4, "t", "UTC", "Tue 09:00-10:00")
                                 .build());
    EXPECT_EQ(plan.objective.placed, 4);
    for (const PlannedGroup& group : plan.groups) EXPECT_EQ(group.facilitator, "f");
}

TEST(SolverObeys, R1_nobody_is_grouped_while_all_facilitators_are_on_leave) {
    const Plan plan = solved(ProblemBuilder()
                                 .facilitator("f", "UTC", "Mon 09:00-10:00", 0)
                                 .participants(4, "p", "UTC", "Mon 09:00-10:00")
                                 .build());
    EXPECT_EQ(plan.objective.placed, 0);
}

TEST(SolverObeys, R1_a_cohort_without_facilitators_leads_itself) {
    const Plan plan = solved(ProblemBuilder().participants(9, "p", "UTC", "Mon 09:00-10:00").build());
    EXPECT_EQ(plan.objective.placed, 9);
    for (const PlannedGroup& group : plan.groups) EXPECT_EQ(group.facilitator, "");
}

TEST(SolverObeys, R2_no_group_is_smaller_than_min_size) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(4, 8)
                                 .facilitator("f", "UTC", "Mon 09:00-10:00")
                                 .participants(3, "p", "UTC", "Mon 09:00-10:00")
                                 .build());
    EXPECT_EQ(plan.objective.placed, 0);
}

TEST(SolverObeys, R2_no_group_is_larger_than_max_size) {
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(4, 8)
                                 .facilitator("f", "UTC", "Mon 09:00-10:00")
                                 .participants(9, "p", "UTC", "Mon 09:00-10:00")
                                 .build());
    EXPECT_EQ(plan.objective.placed, 8);
}

TEST(SolverObeys, R3_everybody_can_attend_every_meeting) {
    // The American clocks change in the second week: p4 is free for the first meeting only.
    ProblemBuilder cohort;
    cohort.start_date("2025-03-03").meetings(2).facilitator("f", "UTC", "Tue 18:00-19:00");
    cohort.participants(3, "p", "UTC", "Tue 18:00-19:00");
    cohort.participant("q", "America/New_York", "Tue 13:00-14:00");
    EXPECT_EQ(solved(cohort.build()).objective.placed, 0);
    EXPECT_EQ(solved(cohort.meetings(1).build()).objective.placed, 4);
}

TEST(SolverObeys, R3_the_facilitator_attends_too) {
    const Plan plan = solved(ProblemBuilder()
                                 .facilitator("f", "UTC", "Tue 10:00-11:00")
                                 .participants(6, "p", "UTC", "Wed 10:00-11:00")
                                 .build());
    EXPECT_EQ(plan.objective.placed, 0);
}

TEST(SolverObeys, R3_if_needed_hours_are_used_only_where_the_cohort_allows_it) {
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Tue 10:00-11:00").participants(4, "p", "UTC", "", "Tue 10:00-11:00");
    EXPECT_EQ(solved(cohort.build()).objective, (Objective{4, 4}));
    EXPECT_EQ(solved(cohort.no_if_needed().build()).objective.placed, 0);
}

TEST(SolverObeys, R4_nobody_is_in_two_groups) {
    // Seven people could fill two groups of four if one of them came twice.
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(4, 4)
                                 .facilitator("f", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00")
                                 .participants(3, "m", "UTC", "Mon 09:00-10:00")
                                 .participants(3, "t", "UTC", "Tue 09:00-10:00")
                                 .participant("both", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00")
                                 .build());
    EXPECT_EQ(plan.objective.placed, 4);
}

TEST(SolverObeys, R5_nobody_leads_more_groups_than_they_offered) {
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00, Wed 09:00-10:00", 2);
    for (const char* day : {"Mon", "Tue", "Wed"})
        cohort.participants(4, day, "UTC", std::string(day) + " 09:00-10:00");
    EXPECT_EQ(solved(cohort.build()).objective.placed, 8);
    EXPECT_EQ(solved(cohort.outside_load("f", 1).build()).objective.placed, 4);
}

TEST(SolverObeys, R6_meetings_of_one_facilitator_never_overlap) {
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Mon 09:00-12:00", 3)
        .participants(4, "a", "UTC", "Mon 09:00-10:00")
        .participants(4, "b", "UTC", "Mon 09:30-10:30");
    EXPECT_EQ(solved(cohort.build()).objective.placed, 4);
}

TEST(SolverObeys, R6_the_buffer_between_meetings_is_kept) {
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Mon 09:00-12:00", 3)
        .participants(4, "a", "UTC", "Mon 09:00-10:00")
        .participants(4, "b", "UTC", "Mon 10:00-11:00");
    EXPECT_EQ(solved(cohort.build()).objective.placed, 8);
    EXPECT_EQ(solved(cohort.buffer(1).build()).objective.placed, 4);
}

TEST(SolverObeys, R6_meetings_elsewhere_block_their_hour) {
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Tue 18:00-19:00").participants(4, "p", "UTC", "Tue 18:00-19:00");
    EXPECT_EQ(solved(cohort.build()).objective.placed, 4);
    // The third meeting only.
    EXPECT_EQ(solved(cohort.booking("f", "2025-02-04T18:30:00Z").build()).objective.placed, 0);
}

TEST(SolverObeys, R7_a_together_set_is_in_one_group_or_unplaced) {
    ProblemBuilder cohort;
    cohort.sizes(2, 4)
        .facilitator("f", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00")
        .participants(2, "m", "UTC", "Mon 09:00-10:00")
        .participants(2, "t", "UTC", "Tue 09:00-10:00");
    EXPECT_EQ(solved(cohort.build()).objective.placed, 4);
    const Plan plan = solved(cohort.together({"m1", "t1"}).build());
    EXPECT_EQ(plan.objective.placed, 0);
}

TEST(SolverObeys, R7_a_together_set_takes_two_seats_or_none) {
    // Three seats and two singles: one pair displaces nobody, two pairs would need four seats.
    const Plan plan = solved(ProblemBuilder()
                                 .sizes(3, 3)
                                 .facilitator("f", "UTC", "Mon 09:00-10:00")
                                 .participants(4, "p", "UTC", "Mon 09:00-10:00")
                                 .together({"p1", "p2"})
                                 .together({"p3", "p4"})
                                 .build());
    EXPECT_EQ(plan.objective.placed, 0);
}

TEST(SolverObeys, R8_an_apart_set_never_shares_a_group) {
    ProblemBuilder cohort;
    cohort.sizes(2, 4)
        .facilitator("f", "UTC", "Mon 09:00-10:00")
        .participants(4, "p", "UTC", "Mon 09:00-10:00")
        .apart({"p1", "p2", "p3"});
    EXPECT_EQ(solved(cohort.build()).objective.placed, 2);
}

TEST(SolverObeys, R8_apart_from_somebody_who_sits_in_the_group_already) {
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Mon 09:00-10:00", 1).participants(5, "p", "UTC", "Mon 09:00-10:00");
    cohort.fixed("Old", "Mon 09:00", "f", {"p1", "p2", "p3", "p4"});
    EXPECT_EQ(solved(cohort.build()).objective.placed, 5);
    EXPECT_EQ(solved(cohort.apart({"p1", "p5"}).build()).objective.placed, 4);
}

TEST(SolverObeys, R8_apart_from_some_facilitators_and_led_by_another) {
    ProblemBuilder cohort;
    cohort.sizes(2, 4)
        .facilitator("f1", "UTC", "Mon 09:00-12:00", 3)
        .facilitator("f2", "UTC", "Mon 09:00-11:00", 1)
        .facilitator("f3", "UTC", "Mon 09:00-10:00", 2)
        .participants(2, "p", "UTC", "Mon 09:00-10:00")
        .apart({"p1", "f1"})
        .apart({"p1", "f3"});
    const Plan plan = solved(cohort.build());
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].facilitator, "f2");
    EXPECT_EQ(solved(cohort.apart({"p1", "f2"}).build()).objective.placed, 0);
}

TEST(SolverObeys, R9_a_group_that_exists_keeps_its_time_facilitator_and_members) {
    // Nobody of the old group would choose it today: on if-needed time, below min_size, with two waiting for
    // f.
    ProblemBuilder cohort;
    cohort.facilitator("f", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00", 1)
        .participants(2, "old", "UTC", "Tue 09:00-10:00", "Mon 09:00-10:00")
        .participants(5, "new", "UTC", "Tue 09:00-10:00");
    EXPECT_EQ(solved(cohort.build()).objective, (Objective{7, 0}));
    const Plan plan = solved(cohort.fixed("Old", "Mon 09:00", "f", {"old1", "old2"}).build());
    ASSERT_EQ(plan.groups.size(), 1U);
    EXPECT_EQ(plan.groups[0].start, weekly_start("Mon 09:00"));
    EXPECT_EQ(plan.groups[0].facilitator, "f");
    EXPECT_EQ(plan.groups[0].participants, (std::vector<std::string>{"old1", "old2"}));
    EXPECT_EQ(plan.objective, (Objective{2, 2}));
}

TEST(SolverObeys, R9_free_seats_are_filled_and_no_more) {
    ProblemBuilder cohort;
    cohort.sizes(2, 3)
        .facilitator("f", "UTC", "Mon 09:00-10:00", 1)
        .participants(5, "p", "UTC", "Mon 09:00-10:00")
        .fixed("Old", "Mon 09:00", "f", {"p1", "p2"});
    const Plan plan = solved(cohort.build());
    EXPECT_EQ(plan.objective.placed, 3);
}

TEST(SolverObeys, R10_everybody_is_in_a_group_or_listed_as_unplaced) {
    const Plan plan = solved(ProblemBuilder()
                                 .facilitator("f", "UTC", "Mon 09:00-10:00")
                                 .participants(4, "p", "UTC", "Mon 09:00-10:00")
                                 .participant("late", "UTC", "Sun 03:00-04:00")
                                 .participant("mute", "UTC", "")
                                 .build());
    std::multiset<std::string> told;
    for (const PlannedGroup& group : plan.groups)
        told.insert(group.participants.begin(), group.participants.end());
    for (const UnplacedPerson& person : plan.unplaced) told.insert(person.person);
    EXPECT_EQ(told, (std::multiset<std::string>{"late", "mute", "p1", "p2", "p3", "p4"}));
}

}  // namespace
}  // namespace convene::test
