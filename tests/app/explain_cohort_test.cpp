#include "app/explain_cohort.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/queries/people.h"
#include "app/schedule_cohort.h"
#include "tests/support/memory_store.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;
using Standing = PersonExplanation::Standing;

/// After a schedule: p1…p4 are in Group 1, led by f. The others are in none.
class ExplainCohort : public ::testing::Test {
protected:
    ExplainCohort() {
        store_.add_facilitator(cohort_, "f", "UTC", "Tue 18:00-19:00");
        store_.add_facilitator(cohort_, "paused", "UTC", "always", 0);
        for (const char* name : {"p1", "p2", "p3", "p4"})
            store_.add_participant(cohort_, name, "UTC", "Tue 18:00-19:00");
        store_.add_participant(cohort_, "empty", "UTC", "");
        store_.add_participant(cohort_, "night", "Europe/London", "Sat 03:00-04:00");
        store_.signup(cohort_, store_.add_participant(cohort_, "bad", "UTC", "always")).availability_local =
            "9-10";
        const SetClock clock(instant("2025-01-01T00:00:00Z"));
        EXPECT_TRUE(schedule_cohort(store_, zone_table(), clock, cohort_));
        store_.add_participant(cohort_, "late", "UTC", "Tue 18:00-19:00");
    }

    PersonExplanation explain(const char* person) {
        const auto explained = explain_cohort(*store_.load_cohort(cohort_), zone_table(), person);
        EXPECT_TRUE(explained);
        EXPECT_EQ(explained->people.size(), 1u);
        return explained->people.at(0);
    }

    MemoryStore store_;
    CohortId cohort_ = store_.add_cohort("Spring");
};

TEST_F(ExplainCohort, everybody_in_no_group_is_explained_and_nobody_else) {
    const auto explained = explain_cohort(*store_.load_cohort(cohort_), zone_table());
    ASSERT_TRUE(explained);
    std::vector<std::string> names;
    for (const PersonExplanation& person : explained->people) names.push_back(person.name);
    EXPECT_EQ(names, (std::vector<std::string>{"bad", "empty", "late", "night", "paused"}));
}

TEST_F(ExplainCohort, the_reason_is_proven_from_what_the_database_says) {
    EXPECT_EQ(explain("empty").reason, UnplacedReason::no_availability);
    EXPECT_EQ(explain("empty").standing, Standing::unplaced);
    EXPECT_THAT(explain("empty").detail, HasSubstr("gave no hours"));
    EXPECT_EQ(explain("night").reason, UnplacedReason::too_few_peers) << "paused could attend, if not lead";
}

TEST_F(ExplainCohort, the_reason_is_the_one_that_the_run_gave) {
    // Nine at one hour, one facilitator, eight seats: the ninth is outcompeted, not without peers.
    const CohortId full = store_.add_cohort("Full");
    store_.add_facilitator(full, "lead", "UTC", "Mon 09:00-10:00", 1);
    for (int i = 1; i <= 9; ++i)
        store_.add_participant(full, "m" + std::to_string(i), "UTC", "Mon 09:00-10:00");
    const auto run = schedule_cohort(store_, zone_table(), SetClock(instant("2025-01-01T00:00:00Z")), full);
    ASSERT_TRUE(run);
    ASSERT_EQ(run->unassigned.size(), 1u);
    const auto explained = explain_cohort(*store_.load_cohort(full), zone_table());
    ASSERT_TRUE(explained);
    ASSERT_EQ(explained->people.size(), 1u);
    EXPECT_EQ(explained->people.front().reason, run->unassigned.front().reason);
    // Once the group has begun, its members no longer move, and nobody is left to form another one with.
    store_.rows(full).groups.front().status = GroupStatus::active;
    const auto later = explain_cohort(*store_.load_cohort(full), zone_table());
    EXPECT_EQ(later->people.front().reason, UnplacedReason::too_few_peers);
}

TEST_F(ExplainCohort, what_no_plan_can_pass_is_known_after_the_run) {
    // Five on Monday, or three of them and x on Tuesday.
    const CohortId cohort = store_.add_cohort("Torn");
    store_.add_facilitator(cohort, "lead", "UTC", "Mon 09:00-10:00, Tue 09:00-10:00", 2);
    for (const char* name : {"a1", "a2"}) store_.add_participant(cohort, name, "UTC", "Mon 09:00-10:00");
    for (const char* name : {"b1", "b2", "b3"})
        store_.add_participant(cohort, name, "UTC", "Mon 09:00-10:00, Tue 09:00-10:00");
    store_.add_participant(cohort, "x", "UTC", "Tue 09:00-10:00");
    const SetClock clock(instant("2025-01-01T00:00:00Z"));
    ASSERT_TRUE(schedule_cohort(store_, zone_table(), clock, cohort));
    const auto explained = explain_cohort(*store_.load_cohort(cohort), zone_table(), "x");
    ASSERT_TRUE(explained);
    EXPECT_EQ(explained->people.at(0).reason, UnplacedReason::outcompeted);
    EXPECT_THAT(explained->people.at(0).detail, HasSubstr("No plan places more than 5"));
}

TEST_F(ExplainCohort, pitfall_28_whoever_is_set_aside_is_told_what_to_mend) {
    const PersonExplanation bad = explain("bad");
    EXPECT_EQ(bad.standing, Standing::set_aside);
    EXPECT_THAT(bad.letter, HasSubstr("Hello bad, "));
    EXPECT_THAT(bad.letter, HasSubstr("Please correct it"));
}

TEST_F(ExplainCohort, a_newcomer_waits_and_is_not_called_ungroupable) {
    EXPECT_EQ(explain("late").standing, Standing::waiting);
    EXPECT_FALSE(explain("late").reason);
}

TEST_F(ExplainCohort, members_and_leaders_are_told_where_they_are) {
    EXPECT_EQ(explain("p1").standing, Standing::grouped);
    EXPECT_EQ(explain("p1").group_name, "Group 1");
    EXPECT_THAT(explain("f").letter, HasSubstr("you lead Group 1"));
    EXPECT_EQ(explain("paused").detail, "is on leave");
}

TEST_F(ExplainCohort, letters_name_nobody_else) {
    const auto explained = explain_cohort(*store_.load_cohort(cohort_), zone_table());
    for (const PersonExplanation& person : explained->people) {
        EXPECT_THAT(person.letter, HasSubstr("Hello " + person.name + ", "));
        for (const char* other : {"p1", "p2", "p3", "p4"})
            EXPECT_THAT(person.letter, ::testing::Not(HasSubstr(other))) << person.name;
    }
}

TEST_F(ExplainCohort, the_cure_is_an_hour_that_leads_to_a_free_seat_and_the_letter_asks_for_it) {
    const PersonExplanation night = explain("night");
    ASSERT_TRUE(night.cure);
    EXPECT_EQ(night.cure->kind, Cure::Kind::hours);
    EXPECT_EQ(night.cure->group, "Group 1");
    EXPECT_THAT(night.letter, HasSubstr("Tuesday 18:00-19:00 (your time, Europe/London)"));
}

TEST_F(ExplainCohort, the_ranked_changes_are_for_the_organiser_and_ask_nobody_who_is_set_aside) {
    const auto explained = explain_cohort(*store_.load_cohort(cohort_), zone_table());
    ASSERT_FALSE(explained->cures.empty());
    for (const Cure& cure : explained->cures) {
        EXPECT_GE(cure.places, 1);
        EXPECT_NE(cure.person, "bad");
    }
}

TEST_F(ExplainCohort, somebody_unknown_is_a_fault) {
    const auto explained = explain_cohort(*store_.load_cohort(cohort_), zone_table(), "nobody");
    ASSERT_FALSE(explained);
    EXPECT_EQ(explained.error().front().path, "person");
}

}  // namespace
}  // namespace convene::test
