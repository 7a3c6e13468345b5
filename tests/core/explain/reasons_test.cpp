// Each reason on a cohort worked out by hand; a brute-force proof of the claims is in reasons_proof_test.cpp.
#include "core/explain/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/check_plan.h"
#include "tests/support/plan_builder.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;

/// Reason and sentence about one person; the plan must be valid.
std::string explained(const Problem& problem, const Plan& plan, const std::string& id) {
    EXPECT_TRUE(check_plan(problem, plan).empty()) << check_plan(problem, plan).front().message;
    for (const UnplacedPerson& person : explain_unplaced(problem, plan))
        if (person.person == id)
            return std::string(to_string(person.reason)) + ": " + ids_only(person.detail);
    return "placed";
}

/// Four people and facilitator f on Monday 10:00, leading at most one group.
ProblemBuilder monday() {
    ProblemBuilder builder;
    builder.participants(4, "m", "UTC", "Mon 10:00-11:00")
        .facilitator("f", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00", 1);
    return builder;
}

std::string explained_beside_monday(const ProblemBuilder& builder, const std::string& id) {
    const Problem problem = builder.build();
    return explained(problem,
                     PlanBuilder(problem).group("A", "Mon 10:00", "f", {"m1", "m2", "m3", "m4"}).build(), id);
}

TEST(Reasons, pitfall_27_person_without_hours_has_no_availability) {
    EXPECT_EQ(explained_beside_monday(monday().participant("x", "UTC", ""), "x"),
              "no_availability: x gave no hours.");
}

TEST(Reasons, hours_shorter_than_a_meeting_are_no_availability) {
    EXPECT_EQ(explained_beside_monday(monday().participant("x", "UTC", "Mon 10:00-10:45"), "x"),
              "no_availability: The longest free stretch of x is 45 minutes, and a meeting takes 60.");
}

TEST(Reasons, hours_off_the_grid_are_no_availability) {
    EXPECT_EQ(explained_beside_monday(monday().participant("x", "UTC", "Mon 10:10-11:20"), "x"),
              "no_availability: No start on the grid of 30 minutes keeps all 8 meetings within the hours of "
              "x, clock "
              "changes included.");
}

TEST(Reasons, if_needed_hours_that_are_not_used_are_no_availability) {
    EXPECT_EQ(
        explained_beside_monday(monday().no_if_needed().participant("x", "UTC", "", "Mon 10:00-11:00"), "x"),
        "no_availability: x gave if-needed hours only, and this cohort does not use such hours.");
}

TEST(Reasons, times_without_any_facilitator_are_named) {
    EXPECT_EQ(
        explained_beside_monday(monday().participant("x", "UTC", "Wed 10:00-11:30"), "x"),
        "no_facilitator_overlap: The one facilitator cannot attend any of the 2 weekly starts that suit x "
        "(Wednesday 10:00 UTC, …).");
}

TEST(Reasons, too_few_peers_gives_the_best_number) {
    EXPECT_EQ(
        explained_beside_monday(monday().participants(3, "t", "UTC", "Tue 10:00-11:00"), "t1"),
        "too_few_peers: At the one weekly start that suits t1 and a facilitator, at most 3 participants "
        "could meet "
        "(Tuesday 10:00 UTC); a group needs 4.");
}

TEST(Reasons, one_more_group_would_place_them_when_the_facilitator_is_full) {
    EXPECT_EQ(explained_beside_monday(monday().participants(4, "t", "UTC", "Tue 10:00-11:00"), "t1"),
              "facilitator_capacity: One more group on Tuesday 10:00 UTC would place t1 and 3 others without "
              "displacing anyone, but f already leads 1 of 1 group.");
}

TEST(Reasons, one_more_group_may_borrow_members_of_a_large_one) {
    // Six on Monday with room for more, three on Tuesday; m5 could come on Tuesday as well.
    auto builder = monday()
                       .participants(2, "both", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00")
                       .participants(3, "t", "UTC", "Tue 10:00-11:00");
    const Problem problem = builder.build();
    const Plan plan =
        PlanBuilder(problem).group("A", "Mon 10:00", "f", {"both1", "both2", "m1", "m2", "m3", "m4"}).build();
    EXPECT_THAT(explained(problem, plan, "t1"),
                HasSubstr("facilitator_capacity: One more group on Tuesday 10:00 UTC "
                          "would place t1 and 2 others"));
}

TEST(Reasons, group_that_cannot_spare_members_is_not_robbed) {
    // As above, but Monday has just its four: whoever moves to Tuesday ends the Monday group.
    auto builder = ProblemBuilder()
                       .participants(3, "m", "UTC", "Mon 10:00-11:00")
                       .participant("both", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00")
                       .participants(3, "t", "UTC", "Tue 10:00-11:00")
                       .facilitator("f", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00", 1);
    const Problem problem = builder.build();
    const Plan plan = PlanBuilder(problem).group("A", "Mon 10:00", "f", {"both", "m1", "m2", "m3"}).build();
    EXPECT_THAT(explained(problem, plan, "t1"),
                HasSubstr("outcompeted: Every plan that places t1 leaves at least one"));
}

TEST(Reasons, pitfall_30_facilitator_with_spare_capacity_is_not_called_full) {
    // f may lead two groups, but nobody can be had for a second one on Tuesday.
    auto builder = ProblemBuilder()
                       .participants(3, "m", "UTC", "Mon 10:00-11:00")
                       .participant("both", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00")
                       .participants(3, "t", "UTC", "Tue 10:00-11:00")
                       .facilitator("f", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00", 2);
    const Problem problem = builder.build();
    const Plan plan = PlanBuilder(problem).group("A", "Mon 10:00", "f", {"both", "m1", "m2", "m3"}).build();
    EXPECT_EQ(explained(problem, plan, "t1"),
              "outcompeted: Every plan that places t1 leaves at least one other participant out: no group "
              "meets at the one weekly start that suits them. No plan places more than 4.");
}

TEST(Reasons, facilitator_on_leave_or_busy_is_named_as_such) {
    auto builder = monday()
                       .participants(4, "t", "UTC", "Tue 10:00-11:00")
                       .facilitator("away", "UTC", "Tue 10:00-11:00", 0)
                       .facilitator("booked", "UTC", "Tue 10:00-11:00", 3)
                       .booking("booked", "2025-02-04T10:30:00Z");
    EXPECT_THAT(
        explained_beside_monday(builder, "t1"),
        HasSubstr(
            "but away is on leave, booked has a meeting outside this cohort at that time, f already leads"));
}

TEST(Reasons, same_hour_as_the_facilitators_own_group_is_busy) {
    EXPECT_THAT(
        explained_beside_monday(ProblemBuilder()
                                    .participants(8, "m", "UTC", "Mon 10:00-11:00")
                                    .sizes(4, 4)
                                    .facilitator("f", "UTC", "Mon 10:00-11:00", 3),
                                "m5"),
        HasSubstr(
            "facilitator_capacity: One more group on Monday 10:00 UTC would place m5 and 3 others without "
            "displacing anyone, but f leads A at that time"));
}

TEST(Reasons, together_with_somebody_who_shares_no_hour_is_a_rule_conflict) {
    auto builder = monday()
                       .participant("x", "UTC", "Mon 10:00-11:00")
                       .participant("y", "UTC", "Tue 10:00-11:00")
                       .participants(4, "t", "UTC", "Tue 10:00-11:00")
                       .together({"x", "y"});
    EXPECT_EQ(explained_beside_monday(builder, "x"),
              "rule_conflict: x can be in no group: the 2 people who belong together share no weekly start.");
}

TEST(Reasons, seat_denied_by_an_apart_set_is_a_rule_conflict) {
    auto builder = monday().participant("x", "UTC", "Mon 10:00-11:00").apart({"m1", "x"});
    EXPECT_EQ(explained_beside_monday(builder, "x"),
              "rule_conflict: x would have a seat were it not for being kept apart from others.");
}

TEST(Reasons, pair_that_needs_two_seats_where_one_is_left_is_a_rule_conflict) {
    auto builder = monday().sizes(4, 5).participants(2, "x", "UTC", "Mon 10:00-11:00").together({"x1", "x2"});
    EXPECT_EQ(explained_beside_monday(builder, "x1"),
              "rule_conflict: x1 would have a seat were it not for belonging together with 1 other.");
}

TEST(Reasons, contradiction_between_sets_is_a_rule_conflict) {
    auto builder =
        monday().participants(2, "x", "UTC", "Mon 10:00-11:00").together({"x1", "x2"}).apart({"x1", "x2"});
    EXPECT_EQ(explained_beside_monday(builder, "x1"),
              "rule_conflict: x1 can be in no group: x1 and x2 belong together and are to be kept apart.");
}

TEST(Reasons, full_group_outcompetes) {
    // Five people, four seats, and the facilitator's only other hour suits nobody.
    auto builder = monday().sizes(4, 4).participant("x", "UTC", "Mon 10:00-11:00");
    EXPECT_EQ(explained_beside_monday(builder, "x"),
              "outcompeted: Every plan that places x leaves at least one other participant out: 1 group "
              "meets at times that "
              "suit them (A), with no seat left for them. No plan places more than 4.");
}

TEST(Reasons, plan_without_proof_says_so) {
    auto builder = monday().sizes(4, 4).participant("x", "UTC", "Mon 10:00-11:00");
    const Problem problem = builder.build();
    Plan plan = PlanBuilder(problem).group("A", "Mon 10:00", "f", {"m1", "m2", "m3", "m4"}).build();
    plan.status = PlanStatus::feasible;
    plan.bound.placed = 5;
    EXPECT_THAT(
        explained(problem, plan, "x"),
        HasSubstr("outcompeted: No seat was found for x: 1 group meets at times that suit them (A), with no "
                  "seat left "
                  "for them. These groups, which place 4, are not proven to be the best: no plan places more "
                  "than 5."));
    Plan worse = PlanBuilder(problem).build();
    worse.status = PlanStatus::feasible;
    worse.bound.placed = 5;
    EXPECT_THAT(explained(problem, worse, "m1"),
                HasSubstr("outcompeted: The plan can still be improved to place m1"));
}

TEST(Reasons, existing_group_with_a_seat_counts_as_peers) {
    // Two in an existing group, below today's least size, and x who would join but belongs with y elsewhere.
    auto builder = ProblemBuilder()
                       .participants(2, "m", "UTC", "Mon 10:00-11:00")
                       .facilitator("f", "UTC", "Mon 10:00-11:00", 1)
                       .participant("x", "UTC", "Mon 10:00-11:00")
                       .participant("y", "UTC", "Tue 10:00-11:00")
                       .fixed("Old", "Mon 10:00", "f", {"m1", "m2"})
                       .together({"x", "y"});
    const Problem problem = builder.build();
    const Plan plan = PlanBuilder(problem).group("Old", "Mon 10:00", "f", {"m1", "m2"}).build();
    EXPECT_THAT(explained(problem, plan, "x"), HasSubstr("rule_conflict"));
    EXPECT_THAT(explained(problem, plan, "y"), HasSubstr("no_facilitator_overlap"));
}

TEST(Reasons, everybody_left_out_is_explained_once_in_order_of_ids) {
    const Problem problem = tiny_cohort().no_if_needed().build();
    const auto explained = explain_unplaced(problem, PlanBuilder(problem).build());
    std::vector<std::string> ids;
    for (const UnplacedPerson& person : explained) ids.push_back(person.person);
    EXPECT_EQ(ids, (std::vector<std::string>{"p1", "p2", "p3", "p4"}));
}

}  // namespace
}  // namespace convene::test
