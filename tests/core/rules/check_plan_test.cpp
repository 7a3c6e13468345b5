// Every rule against a fault put into a plan that is otherwise valid: the judge
// names exactly that rule (pitfall 25).
#include "core/rules/check_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/solve/solve.h"
#include "tests/support/plan_builder.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The rules that were broken, each once, in order of their names.
std::set<std::string> broken(const Problem& problem, const Plan& plan) {
    std::set<std::string> rules;
    for (const Violation& violation : check_plan(problem, plan)) rules.insert(violation.rule);
    return rules;
}

std::string first_message(const Problem& problem, const Plan& plan) {
    const auto found = check_plan(problem, plan);
    return found.empty() ? "" : ids_only(found.front().message);
}

/// Two hours with four participants each, and facilitators f and g for both.
ProblemBuilder cohort() {
    ProblemBuilder builder;
    builder.participants(4, "m", "UTC", "Mon 10:00-12:00")
        .participants(4, "t", "UTC", "Tue 10:00-12:00")
        .participant("both", "UTC", "Mon 10:00-12:00, Tue 10:00-12:00")
        .facilitator("f", "UTC", "Mon 10:00-12:00, Tue 10:00-12:00")
        .facilitator("g", "UTC", "Mon 10:00-12:00, Tue 10:00-12:00");
    return builder;
}

const std::vector<std::string> kMonday{"m1", "m2", "m3", "m4"};
const std::vector<std::string> kTuesday{"both", "t1", "t2", "t3", "t4"};

PlanBuilder two_groups(const Problem& problem) {
    return PlanBuilder(problem).group("A", "Mon 10:00", "f", kMonday).group("B", "Tue 10:00", "f", kTuesday);
}

TEST(CheckPlan, valid_plan_has_no_violation) {
    const Problem problem = cohort().build();
    EXPECT_THAT(check_plan(problem, two_groups(problem).build()), IsEmpty());
}

TEST(CheckPlan, people_are_called_by_name_and_id) {
    auto builder = ProblemBuilder().participant("p9", "UTC", "");
    builder.input().people[0].name = "Alice";
    const Problem problem = builder.build();
    Plan plan = PlanBuilder(problem).build();
    plan.unplaced.clear();
    ASSERT_EQ(check_plan(problem, plan).size(), 1U);
    EXPECT_EQ(check_plan(problem, plan)[0].message, "Alice (p9) is in no group and not among the unplaced");
}

TEST(CheckPlan, empty_plan_that_lists_everybody_is_valid) {
    const Problem problem = cohort().build();
    EXPECT_THAT(check_plan(problem, PlanBuilder(problem).build()), IsEmpty());
}

TEST(CheckPlan, pitfall_25_group_without_facilitator_breaks_r1) {
    const Problem problem = cohort().build();
    const auto plan = PlanBuilder(problem).group("A", "Mon 10:00", "", kMonday).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R1"));
    EXPECT_EQ(first_message(problem, plan), "A has no facilitator");
}

TEST(CheckPlan, pitfall_25_unknown_facilitator_breaks_r1) {
    const Problem problem = cohort().build();
    const auto plan = PlanBuilder(problem).group("A", "Mon 10:00", "nobody", kMonday).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R1"));
}

TEST(CheckPlan, pitfall_25_participant_as_leader_breaks_r1) {
    const Problem problem = cohort().build();
    const auto plan = PlanBuilder(problem).group("A", "Mon 10:00", "both", kMonday).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R1"));
}

TEST(CheckPlan, pitfall_25_facilitator_among_participants_breaks_r1) {
    const Problem problem = cohort().build();
    const auto plan =
        PlanBuilder(problem).group("A", "Mon 10:00", "f", {"g", "m1", "m2", "m3", "m4"}).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R1"));
}

TEST(CheckPlan, pitfall_25_leader_in_self_led_cohort_breaks_r1) {
    const Problem problem = ProblemBuilder().participants(5, "m", "UTC", "Mon 10:00-11:00").build();
    const std::vector<std::string> four{"m1", "m2", "m3", "m4"};
    EXPECT_THAT(check_plan(problem, PlanBuilder(problem).group("A", "Mon 10:00", "", four).build()),
                IsEmpty());
    EXPECT_THAT(broken(problem, PlanBuilder(problem).group("A", "Mon 10:00", "m5", four).build()),
                ElementsAre("R1"));
}

TEST(CheckPlan, pitfall_25_too_small_and_too_large_break_r2) {
    const Problem problem = cohort().sizes(4, 4).build();
    const auto small = PlanBuilder(problem).group("A", "Mon 10:00", "f", {"m1", "m2", "m3"}).build();
    EXPECT_THAT(broken(problem, small), ElementsAre("R2"));
    EXPECT_EQ(first_message(problem, small), "A has 3 members; the least is 4");
    const auto large = PlanBuilder(problem).group("B", "Tue 10:00", "f", kTuesday).build();
    EXPECT_THAT(broken(problem, large), ElementsAre("R2"));
    EXPECT_EQ(first_message(problem, large), "B has 5 members; the most is 4");
}

TEST(CheckPlan, pitfall_15_facilitator_counts_only_when_asked) {
    const std::vector<std::string> three{"m1", "m2", "m3"};
    const Problem participants_only = cohort().sizes(4, 8).build();
    EXPECT_THAT(
        broken(participants_only, PlanBuilder(participants_only).group("A", "Mon 10:00", "f", three).build()),
        ElementsAre("R2"));
    const Problem counted = cohort().sizes(4, 8).count_facilitator().build();
    EXPECT_THAT(check_plan(counted, PlanBuilder(counted).group("A", "Mon 10:00", "f", three).build()),
                IsEmpty());
    const Problem full = cohort().sizes(4, 4).count_facilitator().build();
    EXPECT_THAT(broken(full, PlanBuilder(full).group("A", "Mon 10:00", "f", kMonday).build()),
                ElementsAre("R2"));
}

TEST(CheckPlan, pitfall_25_member_who_cannot_attend_breaks_r3) {
    const Problem problem = cohort().build();
    const auto plan =
        PlanBuilder(problem).group("A", "Mon 10:00", "f", {"m1", "m2", "m3", "m4", "t1"}).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R3"));
    // 2025-01-20 is the first Monday on or after 2025-01-15.
    EXPECT_EQ(
        first_message(problem, plan),
        "t1 cannot attend A: meeting 1 of 8, 2025-01-20T10:00:00Z, is Monday 10:00-11:00 in UTC, outside "
        "their hours");
}

TEST(CheckPlan, pitfall_25_facilitator_who_cannot_attend_breaks_r3) {
    const Problem problem = cohort().facilitator("w", "UTC", "Wed 10:00-12:00").build();
    EXPECT_THAT(broken(problem, PlanBuilder(problem).group("A", "Mon 10:00", "w", kMonday).build()),
                ElementsAre("R3"));
}

TEST(CheckPlan, pitfall_21_if_needed_hours_that_the_cohort_does_not_use_break_r3) {
    auto builder = cohort().participant("n", "UTC", "", "Mon 10:00-12:00");
    const std::vector<std::string> with_n{"m1", "m2", "m3", "m4", "n"};
    const Problem uses = builder.build();
    EXPECT_THAT(check_plan(uses, PlanBuilder(uses).group("A", "Mon 10:00", "f", with_n).build()), IsEmpty());
    const Problem refuses = builder.no_if_needed().build();
    const auto plan = PlanBuilder(refuses).group("A", "Mon 10:00", "f", with_n).build();
    EXPECT_THAT(broken(refuses, plan), ElementsAre("R3"));
    EXPECT_THAT(first_message(refuses, plan), HasSubstr("does not use such hours"));
}

TEST(CheckPlan, pitfall_12_available_and_if_needed_hours_join) {
    const Problem problem = cohort().participant("n", "UTC", "Mon 10:00-10:30", "Mon 10:30-11:00").build();
    auto plan = PlanBuilder(problem).group("A", "Mon 10:00", "f", {"m1", "m2", "m3", "m4", "n"}).build();
    EXPECT_THAT(plan.groups[0].if_needed, ElementsAre("n"));
    EXPECT_THAT(check_plan(problem, plan), IsEmpty());
}

TEST(CheckPlan, pitfall_8_meeting_after_a_clock_change_breaks_r3_and_says_which) {
    // New York changes on 2025-03-09; in UTC, 15:00Z is 10:00 before and 11:00 after.
    const auto builder = ProblemBuilder()
                             .start_date("2025-03-03")
                             .meetings(2)
                             .sizes(1, 4)
                             .participant("ny", "America/New_York", "Mon 10:00-11:00");
    const Problem every = builder.build();
    const auto plan = PlanBuilder(every).group("A", "Mon 15:00", "", {"ny"}).build();
    EXPECT_THAT(broken(every, plan), ElementsAre("R3"));
    EXPECT_EQ(first_message(every, plan),
              "ny cannot attend A: meeting 2 of 2, 2025-03-10T15:00:00Z, is Monday 11:00-12:00 in "
              "America/New_York, outside their hours");
    const Problem first = ProblemBuilder(builder).first_meeting_only().build();
    EXPECT_THAT(check_plan(first, PlanBuilder(first).group("A", "Mon 15:00", "", {"ny"}).build()), IsEmpty());
}

TEST(CheckPlan, start_off_the_grid_breaks_r3) {
    const Problem problem = cohort().build();
    const auto plan = PlanBuilder(problem).group("A", "Mon 10:15", "f", kMonday).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R3"));
    EXPECT_EQ(first_message(problem, plan), "A starts on Monday 10:15, off the grid of 30 minutes");
    const Problem fine = cohort().step(15).build();
    EXPECT_THAT(check_plan(fine, PlanBuilder(fine).group("A", "Mon 10:15", "f", kMonday).build()), IsEmpty());
}

TEST(CheckPlan, anchor_that_the_cohort_does_not_allow_breaks_r3) {
    const auto builder = ProblemBuilder()
                             .participants(4, "l", "Europe/London", "Mon 10:00-11:00")
                             .participant("k", "Asia/Kathmandu", "Tue 10:00-11:00")
                             .facilitator("f", "Europe/London", "Mon 10:00-11:00");
    const std::vector<std::string> four{"l1", "l2", "l3", "l4"};
    const auto broken_in = [&](std::string_view cohort_anchor, std::string_view group_anchor) {
        const Problem problem = ProblemBuilder(builder).anchor(cohort_anchor).build();
        return broken(problem,
                      PlanBuilder(problem).group("A", "Mon 10:00", "f", four, zone(group_anchor)).build());
    };
    EXPECT_THAT(broken_in("UTC", "UTC"), IsEmpty());
    EXPECT_THAT(broken_in("UTC", "Europe/London"), ElementsAre("R3"));
    EXPECT_THAT(broken_in("facilitator", "Europe/London"), IsEmpty());
    EXPECT_THAT(broken_in("facilitator", "UTC"), ElementsAre("R3"));
    EXPECT_THAT(broken_in("Europe/London", "Europe/London"), IsEmpty());
    EXPECT_THAT(broken_in("Europe/London", "UTC"), ElementsAre("R3"));
    EXPECT_THAT(broken_in("best", "Europe/London"), IsEmpty());
    EXPECT_THAT(broken_in("best", "UTC"), IsEmpty());
    // Kathmandu is the zone of somebody, but not of a member; 15:45 there is 10:00 in London.
    const Problem best = ProblemBuilder(builder).step(15).anchor("best").build();
    EXPECT_THAT(
        broken(best, PlanBuilder(best).group("A", "Mon 15:45", "f", four, zone("Asia/Kathmandu")).build()),
        ElementsAre("R3"));
}

TEST(CheckPlan, pitfall_25_person_in_two_groups_breaks_r4) {
    const Problem problem = cohort().build();
    const auto plan = PlanBuilder(problem)
                          .group("A", "Mon 10:00", "f", {"both", "m1", "m2", "m3", "m4"})
                          .group("B", "Tue 10:00", "f", kTuesday)
                          .build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R4"));
    EXPECT_EQ(first_message(problem, plan), "both is in A and in B");
}

TEST(CheckPlan, second_seat_is_judged_by_r7_and_r8_as_well) {
    std::vector<std::string> monday = kMonday;
    monday.push_back("both");
    const auto twice = [&](const Problem& problem) {
        return PlanBuilder(problem)
            .group("A", "Mon 10:00", "f", monday)
            .group("B", "Tue 10:00", "f", kTuesday);
    };
    const Problem apart = cohort().apart({"both", "t1"}).build();
    EXPECT_THAT(broken(apart, twice(apart).build()), ElementsAre("R4", "R8"));
    const Problem together = cohort().together({"both", "m1"}).build();
    EXPECT_THAT(broken(together, twice(together).build()), ElementsAre("R4", "R7"));
    const Problem neither = cohort().build();
    EXPECT_THAT(broken(neither, twice(neither).build()), ElementsAre("R4"));
}

TEST(CheckPlan, pitfall_25_person_listed_twice_in_one_group_breaks_r4) {
    const Problem problem = cohort().build();
    const auto plan =
        PlanBuilder(problem).group("A", "Mon 10:00", "f", {"m1", "m1", "m2", "m3", "m4"}).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R4"));
}

TEST(CheckPlan, pitfall_25_too_many_groups_led_break_r5) {
    const Problem problem =
        cohort().facilitator("once", "UTC", "Mon 10:00-12:00, Tue 10:00-12:00", 1).build();
    const auto plan = PlanBuilder(problem)
                          .group("A", "Mon 10:00", "once", kMonday)
                          .group("B", "Tue 10:00", "once", kTuesday)
                          .build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R5"));
    EXPECT_EQ(first_message(problem, plan), "once leads 2 groups (A, B), but may lead 1");
}

TEST(CheckPlan, pitfall_18_facilitator_on_leave_may_lead_nothing) {
    const Problem problem = cohort().facilitator("away", "UTC", "Mon 10:00-12:00", 0).build();
    EXPECT_THAT(broken(problem, PlanBuilder(problem).group("A", "Mon 10:00", "away", kMonday).build()),
                ElementsAre("R5"));
}

TEST(CheckPlan, pitfall_19_groups_of_other_cohorts_count_in_r5) {
    const Problem problem = cohort().outside_load("f", 1).build();
    const auto plan = two_groups(problem).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R5"));
    EXPECT_THAT(first_message(problem, plan), HasSubstr("2 in all, with 1 taken by other cohorts"));
}

TEST(CheckPlan, pitfall_13_two_groups_at_one_hour_break_r6) {
    const Problem problem = ProblemBuilder()
                                .participants(8, "m", "UTC", "Mon 10:00-11:00")
                                .facilitator("f", "UTC", "Mon 10:00-11:00")
                                .build();
    const auto plan = PlanBuilder(problem)
                          .group("A", "Mon 10:00", "f", {"m1", "m2", "m3", "m4"})
                          .group("B", "Mon 10:00", "f", {"m5", "m6", "m7", "m8"})
                          .build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R6"));
    EXPECT_EQ(check_plan(problem, plan).size(), 1U) << "once per pair of groups, not per week";
}

TEST(CheckPlan, pitfall_25_buffer_and_bookings_break_r6) {
    const auto at = [](auto builder, std::string_view second) {
        const Problem problem = builder.participants(4, "n", "UTC", "Mon 10:00-13:00").build();
        return broken(problem, PlanBuilder(problem)
                                   .group("A", "Mon 10:00", "f", kMonday)
                                   .group("B", second, "f", {"n1", "n2", "n3", "n4"})
                                   .build());
    };
    EXPECT_THAT(at(cohort(), "Mon 11:00"), IsEmpty()) << "back to back is no overlap";
    EXPECT_THAT(at(cohort().buffer(15), "Mon 11:00"), ElementsAre("R6"));
    const Problem booked = cohort().booking("f", "2025-02-24T10:30:00Z").build();
    const auto plan = two_groups(booked).build();
    EXPECT_THAT(broken(booked, plan), ElementsAre("R6"));
    EXPECT_EQ(
        first_message(booked, plan),
        "f leads A at 2025-02-24T10:00:00Z and a meeting outside this cohort at 2025-02-24T10:30:00Z, which "
        "overlap");
    const Problem elsewhere = cohort().booking("g", "2025-02-24T10:30:00Z").build();
    EXPECT_THAT(check_plan(elsewhere, two_groups(elsewhere).build()), IsEmpty());
}

TEST(CheckPlan, pitfall_25_together_set_split_or_half_placed_breaks_r7) {
    const Problem split = cohort().together({"both", "m1"}).build();
    EXPECT_THAT(broken(split, two_groups(split).build()), ElementsAre("R7"));
    EXPECT_EQ(first_message(split, two_groups(split).build()),
              "both, in B, belongs together with m1, who is in A");
    const Problem half = cohort().together({"t1", "m1"}).build();
    EXPECT_THAT(broken(half, PlanBuilder(half).group("A", "Mon 10:00", "f", kMonday).build()),
                ElementsAre("R7"));
    EXPECT_THAT(check_plan(half, PlanBuilder(half).build()), IsEmpty()) << "none is placed";
}

TEST(CheckPlan, facilitator_of_a_together_set_must_lead_its_group) {
    const Problem problem = cohort().together({"g", "m1"}).build();
    EXPECT_THAT(broken(problem, two_groups(problem).build()), ElementsAre("R7"));
    EXPECT_THAT(check_plan(problem, PlanBuilder(problem).group("A", "Mon 10:00", "g", kMonday).build()),
                IsEmpty());
}

TEST(CheckPlan, pitfall_24_apart_pair_in_one_group_breaks_r8) {
    const Problem problem = cohort().apart({"m1", "t1", "m3"}).build();
    const auto plan = two_groups(problem).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R8"));
    EXPECT_EQ(first_message(problem, plan), "m1 and m3 share A, but are to be kept apart");
    const Problem leader = cohort().apart({"f", "m1"}).build();
    EXPECT_THAT(broken(leader, two_groups(leader).build()), ElementsAre("R8"))
        << "the facilitator is a member";
}

TEST(CheckPlan, pitfall_25_changed_fixed_group_breaks_r9) {
    const Problem problem = cohort().fixed("A", "Mon 10:00", "f", kMonday).build();
    const auto judged = [&](auto&& build) { return broken(problem, build(PlanBuilder(problem)).build()); };
    EXPECT_THAT(judged([](PlanBuilder b) { return b.group("A", "Mon 10:00", "f", kMonday); }), IsEmpty());
    EXPECT_THAT(judged([](PlanBuilder b) { return b.group("A", "Mon 11:00", "f", kMonday); }),
                ElementsAre("R9"));
    EXPECT_THAT(judged([](PlanBuilder b) { return b.group("A", "Mon 10:00", "g", kMonday); }),
                ElementsAre("R9"));
    EXPECT_THAT(judged([](PlanBuilder b) {
                    return b.group("A", "Mon 10:00", "f", {"both", "m1", "m2", "m3"});
                }),
                ElementsAre("R9"));
    EXPECT_THAT(judged([](PlanBuilder b) { return b; }), ElementsAre("R9")) << "left out";
}

TEST(CheckPlan, fixed_group_older_than_the_rules_is_not_judged_again) {
    // Too small, off the grid, outside everybody's hours, an apart pair, half of a together set.
    auto builder =
        cohort().fixed("Old", "Thu 10:10", "f", {"m1", "m2"}).apart({"m1", "m2"}).together({"m1", "m3"});
    const Problem problem = builder.build();
    EXPECT_THAT(
        check_plan(problem, PlanBuilder(problem).group("Old", "Thu 10:10", "f", {"m1", "m2"}).build()),
        IsEmpty());
    // Who is added is judged in full.
    EXPECT_THAT(
        broken(problem, PlanBuilder(problem).group("Old", "Thu 10:10", "f", {"m1", "m2", "t1"}).build()),
        ElementsAre("R3"));
}

TEST(CheckPlan, oversized_fixed_group_breaks_r2_only_when_somebody_is_added) {
    const Problem problem = cohort().sizes(2, 3).fixed("Old", "Mon 10:00", "f", kMonday).build();
    EXPECT_THAT(check_plan(problem, PlanBuilder(problem).group("Old", "Mon 10:00", "f", kMonday).build()),
                IsEmpty());
    EXPECT_THAT(
        broken(problem,
               PlanBuilder(problem).group("Old", "Mon 10:00", "f", {"both", "m1", "m2", "m3", "m4"}).build()),
        ElementsAre("R2"));
}

TEST(CheckPlan, fixed_group_is_judged_at_its_stored_meetings) {
    FixedGroup group{"Old", utc_zone(), weekly_start("Mon 10:00"), {}, "f", {"m1", "m2", "m3"}};
    for (int week = 0; week < 8; ++week)
        group.meetings.push_back(instant("2025-01-20T10:00:00Z") + std::chrono::weeks(week));
    group.meetings[4] += std::chrono::hours(24);  // the fifth Monday was moved to Tuesday
    const Problem problem = cohort().fixed(group).build();
    EXPECT_THAT(
        check_plan(problem,
                   PlanBuilder(problem).group("Old", "Mon 10:00", "f", {"both", "m1", "m2", "m3"}).build()),
        IsEmpty());
    const auto plan = PlanBuilder(problem).group("Old", "Mon 10:00", "f", kMonday).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R3"));
    EXPECT_THAT(first_message(problem, plan), HasSubstr("meeting 5 of 8, 2025-02-18T10:00:00Z"));
}

TEST(CheckPlan, fixed_group_is_judged_at_stored_meetings_beyond_a_course_that_was_shortened) {
    FixedGroup group{"Old", utc_zone(), weekly_start("Mon 10:00"), {}, "f", {"m1", "m2", "m3"}};
    for (int week = 0; week < 8; ++week)
        group.meetings.push_back(instant("2025-01-20T10:00:00Z") + std::chrono::weeks(week));
    group.meetings[7] += std::chrono::hours(24);
    const Problem problem = cohort().meetings(4).fixed(group).build();
    const auto plan = PlanBuilder(problem).group("Old", "Mon 10:00", "f", kMonday).build();
    EXPECT_THAT(broken(problem, plan), ElementsAre("R3"));
    const auto solved = solve(problem, {});
    EXPECT_THAT(check_plan(problem, solved), IsEmpty());
    for (const PlannedGroup& planned : solved.groups)
        EXPECT_THAT(planned.participants, Not(Contains("m4"))) << "who cannot come on the last Tuesday";
}

TEST(CheckPlan, pitfall_25_forgotten_repeated_or_doubly_listed_person_breaks_r10) {
    const Problem problem = cohort().build();
    const auto good = PlanBuilder(problem).group("A", "Mon 10:00", "f", kMonday).build();
    auto forgotten = good;
    forgotten.unplaced.pop_back();
    EXPECT_THAT(broken(problem, forgotten), ElementsAre("R10"));
    EXPECT_EQ(first_message(problem, forgotten), "t4 is in no group and not among the unplaced");
    auto repeated = good;
    repeated.unplaced.push_back(repeated.unplaced.back());
    EXPECT_THAT(broken(problem, repeated), ElementsAre("R10"));
    auto both = good;
    both.unplaced.push_back({"m1", UnplacedReason::outcompeted, "", std::nullopt});
    EXPECT_THAT(broken(problem, both), ElementsAre("R10"));
}

}  // namespace
}  // namespace convene::test
