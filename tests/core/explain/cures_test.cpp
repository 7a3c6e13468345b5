#include "core/explain/cures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/check_plan.h"
#include "tests/support/brute_force.h"
#include "tests/support/plan_builder.h"
#include "tests/support/random_cohort.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string cure_of(const Problem& problem, Plan plan, const std::string& id) {
    EXPECT_TRUE(check_plan(problem, plan).empty()) << check_plan(problem, plan).front().message;
    add_cures(problem, plan);
    for (const UnplacedPerson& person : plan.unplaced)
        if (person.person == id) return person.cure ? ids_only(person.cure->detail) : "none";
    return "placed";
}

std::vector<std::string> ranked(const Problem& problem, const Plan& plan) {
    std::vector<std::string> texts;
    for (const Cure& cure : rank_cures(problem, plan)) texts.push_back(ids_only(cure.detail));
    return texts;
}

ProblemBuilder monday() {
    ProblemBuilder builder;
    builder.participants(4, "m", "UTC", "Mon 10:00-11:00")
        .facilitator("f", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00", 1);
    return builder;
}

Plan monday_plan(const Problem& problem) {
    return PlanBuilder(problem).group("A", "Mon 10:00", "f", {"m1", "m2", "m3", "m4"}).build();
}

TEST(Cures, missing_half_hour_leads_to_a_free_seat) {
    const Problem problem = monday().participant("x", "Europe/London", "Mon 10:30-12:00").build();
    EXPECT_EQ(
        cure_of(problem, monday_plan(problem), "x"),
        "If x could also be there on Monday 10:00-10:30 (Europe/London), they could join A, which has 4 free "
        "seats.");
}

TEST(Cures, hours_are_told_on_the_persons_own_clock) {
    const Problem problem = monday().participant("x", "Asia/Kathmandu", "").build();
    // 10:00 UTC is 15:45 in Kathmandu.
    EXPECT_EQ(cure_of(problem, monday_plan(problem), "x"),
              "If x could also be there on Monday 15:45-16:45 (Asia/Kathmandu), they could join A, which has "
              "4 free "
              "seats.");
}

TEST(Cures, hours_for_a_meeting_of_days_are_told_a_day_at_a_time) {
    const Problem problem = ProblemBuilder()
                                .meetings(1)
                                .minutes(36 * 60)
                                .participants(4, "m", "UTC", "always")
                                .facilitator("f", "UTC", "always", 1)
                                .participant("x", "UTC", "")
                                .build();
    Plan plan = PlanBuilder(problem).group("A", "Mon 10:00", "f", {"m1", "m2", "m3", "m4"}).build();
    add_cures(problem, plan);
    ASSERT_EQ(plan.unplaced.size(), 1U);
    ASSERT_TRUE(plan.unplaced.front().cure);
    EXPECT_EQ(plan.unplaced.front().cure->hours,
              (std::vector<WeeklyWindow>{WeeklyWindow(10 * 60, kMinutesPerDay),
                                         WeeklyWindow(10 * 60 + kMinutesPerDay, 12 * 60)}));
}

TEST(Cures, facilitators_extra_group_tells_how_many_it_places) {
    const Problem problem = monday().sizes(4, 4).participants(4, "t", "UTC", "Tue 10:00-11:00").build();
    EXPECT_EQ(cure_of(problem, monday_plan(problem), "t1"),
              "If f led one more group (2 in all), on Tuesday 10:00 UTC, it would place 4 participants.");
    EXPECT_THAT(
        ranked(problem, monday_plan(problem)),
        ElementsAre(
            "If f led one more group (2 in all), on Tuesday 10:00 UTC, it would place 4 participants."));
}

TEST(Cures, facilitator_with_capacity_is_asked_for_an_hour) {
    const Problem problem = monday()
                                .sizes(4, 4)
                                .participants(5, "w", "UTC", "Wed 10:00-11:00")
                                .facilitator("g", "UTC", "Wed 10:30-12:00", 1)
                                .build();
    EXPECT_EQ(cure_of(problem, monday_plan(problem), "w1"),
              "If g could also be there on Wednesday 10:00-10:30 (UTC), a new group on Wednesday 10:00 UTC "
              "would place 4 "
              "participants.");
    EXPECT_THAT(
        ranked(problem, monday_plan(problem)),
        ElementsAre(
            "If g could also be there on Wednesday 10:00-10:30 (UTC), a new group on Wednesday 10:00 UTC "
            "would place 4 participants.",
            "If groups could have 5 members, 1 participant more would have a seat."));
}

TEST(Cures, smaller_least_size_is_the_last_resort) {
    auto builder = monday().sizes(4, 4).participants(3, "t", "UTC", "Tue 10:00-11:00");
    builder.input().people.back().max_groups = 2;
    for (Person& person : builder.input().people)
        if (person.id == "f") person.max_groups = 2;
    const Problem problem = builder.build();
    EXPECT_EQ(
        cure_of(problem, monday_plan(problem), "t1"),
        "If groups could have as few as 3 members, a new group on Tuesday 10:00 UTC, led by f, would place 3 "
        "participants.");
}

TEST(Cures, nothing_is_offered_where_nothing_helps) {
    const Problem problem = monday().sizes(4, 4).participant("x", "UTC", "").build();
    EXPECT_EQ(cure_of(problem, monday_plan(problem), "x"), "none");
}

TEST(Cures, ranked_cures_build_on_each_other) {
    // f may lead one group more; two hours want it, four people each, and one of the hours has one more.
    const Problem problem =
        ProblemBuilder()
            .sizes(4, 5)
            .participants(4, "m", "UTC", "Mon 10:00-11:00")
            .participants(4, "t", "UTC", "Tue 10:00-11:00")
            .participants(5, "w", "UTC", "Wed 10:00-11:00")
            .facilitator("f", "UTC", "Mon 10:00-11:00, Tue 10:00-11:00, Wed 10:00-11:00", 1)
            .build();
    EXPECT_THAT(
        ranked(problem,
               PlanBuilder(problem).group("A", "Wed 10:00", "f", {"w1", "w2", "w3", "w4", "w5"}).build()),
        ElementsAre(
            "If f led one more group (2 in all), on Monday 10:00 UTC, it would place 4 participants.",
            "If f led one more group (3 in all), on Tuesday 10:00 UTC, it would place 4 participants."));
}

TEST(Cures, nobody_unplaced_needs_no_cure) {
    const Problem problem = monday().build();
    EXPECT_THAT(rank_cures(problem, monday_plan(problem)), IsEmpty());
}

TEST(Cures, every_cure_of_random_cohorts_places_what_it_says_when_solved) {
    int tried = 0;
    for (std::uint64_t number = 0; number < 80; ++number) {
        const ProblemInput input = random_cohort(number);
        const Problem problem = Problem::build(input).value();
        Plan plan = brute_force_plan(problem);
        add_cures(problem, plan);
        for (const UnplacedPerson& person : plan.unplaced) {
            if (!person.cure) continue;
            SCOPED_TRACE(std::to_string(number) + " " + person.person + ": " + person.cure->detail);
            ProblemInput cured = input;
            apply_cure(cured, *person.cure);
            const Problem changed = Problem::build(cured).value();
            EXPECT_GE(brute_force(changed)->placed, plan.objective.placed + person.cure->places);
            EXPECT_GT(brute_force(changed, changed.index_of(person.person)).value_or(Objective{}).placed,
                      plan.objective.placed);
            ++tried;
        }
        ProblemInput cured = input;
        int places = 0;
        for (const Cure& cure : rank_cures(problem, plan, 3)) {
            SCOPED_TRACE(std::to_string(number) + " ranked: " + cure.detail);
            apply_cure(cured, cure);
            places += cure.places;
            EXPECT_GE(brute_force(Problem::build(cured).value())->placed, plan.objective.placed + places);
        }
    }
    EXPECT_GT(tried, 60);
}

}  // namespace
}  // namespace convene::test
