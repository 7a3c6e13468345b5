// The reference that the solver is measured against, on cohorts worked out by hand.
#include "tests/support/brute_force.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using Best = std::optional<Objective>;

TEST(BruteForce, tiny_cohort_places_four_with_one_if_needed) {
    EXPECT_EQ(brute_force(tiny_cohort().build()), (Best{{4, 1}}));
}

TEST(BruteForce, without_if_needed_hours_the_tiny_cohort_has_no_group) {
    EXPECT_EQ(brute_force(tiny_cohort().no_if_needed().build()), (Best{{0, 0}}));
}

TEST(BruteForce, nobody_leads_two_groups_at_one_hour) {
    // Four people, one hour, groups of two: two groups fit, one facilitator cannot lead both at once.
    auto cohort = ProblemBuilder().participants(4, "p", "UTC", "Mon 10:00-11:00").sizes(2, 2);
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).facilitator("f", "UTC", "Mon 10:00-11:00").build()),
              (Best{{2, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort)
                              .facilitator("f", "UTC", "Mon 10:00-11:00")
                              .facilitator("g", "UTC", "Mon 10:00-11:00")
                              .build()),
              (Best{{4, 0}}));
    EXPECT_EQ(brute_force(cohort.build()), (Best{{4, 0}})) << "self-led";
}

TEST(BruteForce, buffer_and_bookings_block_a_facilitator) {
    auto cohort = ProblemBuilder()
                      .participants(2, "a", "UTC", "Mon 10:00-11:00")
                      .participants(2, "b", "UTC", "Mon 11:30-12:30")
                      .facilitator("f", "UTC", "Mon 09:00-14:00")
                      .sizes(2, 2);
    EXPECT_EQ(brute_force(cohort.build()), (Best{{4, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).buffer(30).build()), (Best{{4, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).buffer(31).build()), (Best{{2, 0}}));
    // The third Monday on or after 2025-01-15 is 2025-02-03.
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).booking("f", "2025-02-03T12:00:00Z").build()),
              (Best{{2, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).outside_load("f", 1).build()), (Best{{2, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).outside_load("f", 2).build()), (Best{{0, 0}}));
}

TEST(BruteForce, sets_are_all_or_none_and_never_both) {
    auto cohort = ProblemBuilder().participants(3, "p", "UTC", "Mon 10:00-11:00").sizes(2, 3);
    EXPECT_EQ(brute_force(cohort.build()), (Best{{3, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).apart({"p1", "p2"}).build()), (Best{{2, 0}}));
    // q shares no hour with p1, so neither of them can be placed: p2 and p3 remain.
    EXPECT_EQ(
        brute_force(
            ProblemBuilder(cohort).participant("q", "UTC", "Tue 10:00-11:00").together({"p1", "q"}).build()),
        (Best{{2, 0}}));
}

TEST(BruteForce, fixed_group_is_filled_to_its_largest_size_whatever_its_least) {
    auto cohort = ProblemBuilder()
                      .facilitator("f", "UTC", "Mon 10:00-11:00", 1)
                      .participants(5, "p", "UTC", "Mon 10:00-11:00")
                      .fixed("Old", "Mon 10:00", "f", {"p1"})
                      .sizes(4, 4);
    EXPECT_EQ(brute_force(cohort.build()), (Best{{4, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).count_facilitator().build()), (Best{{3, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).apart({"p1", "p2", "p3", "p4"}).build()), (Best{{2, 0}}));
}

TEST(BruteForce, facilitator_anchor_follows_the_facilitators_clock_over_a_change) {
    // New York changes on 2025-03-09. From Monday 2025-03-03: 10:00 there is 15:00Z, then 14:00Z.
    auto cohort = ProblemBuilder()
                      .start_date("2025-03-03")
                      .meetings(2)
                      .sizes(2, 2)
                      .participants(2, "p", "America/New_York", "Mon 10:00-11:00");
    cohort.facilitator("f", "America/New_York", "Mon 10:00-11:00");
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).anchor("UTC").build()), (Best{{0, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).anchor("facilitator").build()), (Best{{2, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).anchor("best").build()), (Best{{2, 0}}));
    EXPECT_EQ(brute_force(ProblemBuilder(cohort).anchor("UTC").first_meeting_only().build()), (Best{{2, 0}}));
}

TEST(BruteForce, must_place_finds_what_placing_somebody_costs) {
    auto cohort = ProblemBuilder()
                      .facilitator("f", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00", 1)
                      .participants(3, "m", "UTC", "Mon 10:00-11:00")
                      .participants(2, "t", "UTC", "Tue 10:00-11:00")
                      .sizes(2, 4);
    const Problem problem = cohort.build();
    EXPECT_EQ(brute_force(problem), (Best{{3, 0}}));
    EXPECT_EQ(brute_force(problem, problem.index_of("t1")), (Best{{2, 0}}));
    const Problem lonely = cohort.participant("w", "UTC", "Wed 10:00-11:00").build();
    EXPECT_EQ(brute_force(lonely, lonely.index_of("w")), std::nullopt);
}

}  // namespace
}  // namespace convene::test
