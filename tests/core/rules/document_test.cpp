// What a plan says of itself must be so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "core/rules/check_plan.h"
#include "tests/support/plan_builder.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;

/// The tiny cohort's best plan: Tuesday 18:00, p4 relying on if-needed time.
struct Document : ::testing::Test {
    const Problem problem = tiny_cohort().build();
    const Plan good = PlanBuilder(problem).group("A", "Tue 18:00", "f", {"p1", "p2", "p3", "p4"}).build();

    /// The one message about the plan after `change`.
    std::string message_after(const std::function<void(Plan&)>& change) const {
        Plan plan = good;
        change(plan);
        const auto found = check_plan(problem, plan);
        if (found.size() != 1) return "there are " + std::to_string(found.size()) + " violations";
        return found.front().rule + ": " + ids_only(found.front().message);
    }
};

TEST_F(Document, good_plan_is_valid) {
    EXPECT_EQ(message_after([](Plan&) {}), "there are 0 violations");
    EXPECT_EQ(good.objective, (Objective{4, 1}));
}

TEST_F(Document, wrong_number_of_meetings_is_named) {
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].meetings.pop_back(); }),
              "plan: A lists 7 meetings instead of 8");
}

TEST_F(Document, meeting_elsewhere_than_its_start_is_named) {
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].meetings[2] += Minutes(60); }),
              "plan: meeting 3 of A is listed at 2025-02-04T19:00:00Z, but Tuesday 18:00 UTC is "
              "2025-02-04T18:00:00Z");
}

TEST_F(Document, if_needed_list_must_be_exact) {
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].if_needed.clear(); }),
              "plan: p4 relies on if-needed time in A, which does not say so");
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].if_needed.push_back("p1"); }),
              "plan: A lists p1 as relying on if-needed time, which they do not");
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].if_needed.push_back("p4"); }),
              "plan: A lists p4 twice as relying on if-needed time");
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].if_needed.push_back("ghost"); }),
              "plan: A lists ghost as relying on if-needed time, which they do not");
}

TEST_F(Document, spare_start_must_suit_everybody) {
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].spare_starts = {weekly_start("Tue 18:30")}; }),
              "plan: A cannot move to its spare start Tuesday 18:30: p2 cannot attend then");
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].spare_starts = {weekly_start("Tue 18:00")}; }),
              "plan: A cannot move to its spare start Tuesday 18:00: it meets then");
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].spare_starts = {weekly_start("Tue 18:05")}; }),
              "plan: A cannot move to its spare start Tuesday 18:05: off the grid of 30 minutes");
}

TEST_F(Document, spare_start_that_holds_is_accepted) {
    const Problem wide = ProblemBuilder().participants(4, "p", "UTC", "Mon 10:00-12:00").build();
    auto plan = PlanBuilder(wide).group("A", "Mon 10:00", "", {"p1", "p2", "p3", "p4"}).build();
    plan.groups[0].spare_starts = {weekly_start("Mon 10:30"), weekly_start("Mon 11:00")};
    EXPECT_TRUE(check_plan(wide, plan).empty());
}

TEST_F(Document, who_falls_outside_must_be_right) {
    EXPECT_THAT(message_after([](Plan& p) { p.groups[0].outside.resize(8); }),
                HasSubstr("which only plans of fit first-meeting do"));
    // New York changes on 2025-03-09: 15:00Z is 10:00 there on the 3rd and 11:00 on the 10th.
    const Problem first = ProblemBuilder()
                              .start_date("2025-03-03")
                              .meetings(2)
                              .sizes(1, 4)
                              .first_meeting_only()
                              .participant("ny", "America/New_York", "Mon 10:00-11:00")
                              .build();
    Plan plan = PlanBuilder(first).group("A", "Mon 15:00", "", {"ny"}).build();
    EXPECT_TRUE(check_plan(first, plan).empty());
    plan.groups[0].outside = {{}, {"ny"}};
    EXPECT_TRUE(check_plan(first, plan).empty());
    plan.groups[0].outside = {{}, {}};
    ASSERT_EQ(check_plan(first, plan).size(), 1U);
    EXPECT_EQ(check_plan(first, plan)[0].message, "A says wrongly who falls outside meeting 2");
}

TEST_F(Document, unknown_people_are_named) {
    EXPECT_EQ(message_after([](Plan& p) { p.groups[0].participants.push_back("ghost"); }),
              "plan: A lists ghost, whom the cohort does not know");
    EXPECT_EQ(message_after([](Plan& p) {
                  p.unplaced.push_back({"ghost", UnplacedReason::outcompeted, "", std::nullopt});
              }),
              "plan: ghost is among the unplaced, but the cohort does not know them");
    EXPECT_EQ(message_after([](Plan& p) {
                  p.unplaced.push_back({"f", UnplacedReason::outcompeted, "", std::nullopt});
              }),
              "plan: f is among the unplaced, but signed up as a facilitator");
}

TEST_F(Document, unknown_zone_and_impossible_time_are_named_not_followed) {
    EXPECT_EQ(message_after([](Plan& p) {
                  p.groups[0].anchor = "Mars/Olympus";
                  p.objective.if_needed = p.bound.if_needed = 0;
              }),
              "plan: A keeps its time in Mars/Olympus, a zone of nobody in the cohort");
    Plan plan = good;
    plan.groups[0].start.minute_of_week = 1'000'000;
    plan.groups[0].spare_starts = {WeeklyStart{-1}};
    EXPECT_FALSE(check_plan(problem, plan).empty());
}

TEST_F(Document, repeated_and_missing_names_are_named) {
    const Problem two = ProblemBuilder().participants(8, "p", "UTC", "Mon 10:00-12:00").build();
    auto plan = PlanBuilder(two)
                    .group("A", "Mon 10:00", "", {"p1", "p2", "p3", "p4"})
                    .group("A", "Mon 10:00", "", {"p5", "p6", "p7", "p8"})
                    .build();
    auto found = check_plan(two, plan);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].message, "two groups are called A");
    plan.groups[1].name = "";
    found = check_plan(two, plan);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].message, "a group has no name");
}

TEST_F(Document, numbers_must_match_the_groups) {
    EXPECT_EQ(message_after([](Plan& p) { p.objective.placed = p.bound.placed = 5; }),
              "plan: objective.placed is 5, but 4 participants sit in groups");
    EXPECT_EQ(message_after([](Plan& p) { p.objective.if_needed = p.bound.if_needed = 0; }),
              "plan: objective.if_needed is 0, but 1 members rely on if-needed time");
}

TEST_F(Document, bound_must_not_be_passed_by_the_plan) {
    EXPECT_EQ(message_after([](Plan& p) { p.bound.placed = 3; }),
              "plan: bound.placed is 3, but the plan reaches 4");
    EXPECT_EQ(message_after([](Plan& p) { p.bound.if_needed = 2; }),
              "plan: bound.if_needed is 2, but the plan reaches 1");
}

TEST_F(Document, optimal_leaves_no_gap_and_feasible_may) {
    EXPECT_THAT(message_after([](Plan& p) { p.bound.if_needed = 0; }), HasSubstr("calls itself optimal"));
    EXPECT_THAT(message_after([](Plan& p) { p.bound.placed = 5; }), HasSubstr("calls itself optimal"));
    EXPECT_EQ(message_after([](Plan& p) {
                  p.status = PlanStatus::feasible;
                  p.bound = {5, 0};
              }),
              "there are 0 violations");
}

}  // namespace
}  // namespace convene::test
