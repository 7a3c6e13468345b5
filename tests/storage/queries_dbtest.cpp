// Overviews and snapshots over data that the platform wrote.
#include "tests/storage/store_contract.h"

namespace convene::test {
namespace {

class Queries : public StoreContract {
protected:
    CohortId import(const std::string& name, std::vector<PersonImport> people) {
        CohortImport cohort = spring_cohort();
        cohort.cohort_name = name;
        cohort.people = std::move(people);
        return cohorts().import_cohort(cohort).cohort_id;
    }

    GroupId schedule_all(CohortId cohort) {
        const CohortSnapshot before = load(cohort);
        return cohorts().commit_schedule(before, one_group_of_all(before), some_run()).new_groups.at(0);
    }
};
CONVENE_ON_BOTH_DATABASES(Queries);

TEST_P(Queries, schedulable_cohorts_count_those_who_await_a_group) {
    const CohortId spring = import("Spring", {person("f1", Role::facilitator), person("p1"), person("p2")});
    const CohortId autumn = import("Autumn", {person("q1")});
    const CohortId old = import("Old", {person("o1")});
    sql("UPDATE cohorts SET status = 'completed' WHERE cohort_id = " + std::to_string(old.value));
    const auto found = cohorts().get_schedulable_cohorts();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].cohort_id, spring);
    EXPECT_EQ(found[0].cohort_name, "Spring");
    EXPECT_EQ(found[0].pending_users, 3);
    EXPECT_EQ(found[1].cohort_id, autumn);
    EXPECT_EQ(found[1].pending_users, 1);
}

TEST_P(Queries, pitfall_34_a_cohort_in_which_everyone_is_grouped_is_not_schedulable) {
    const CohortId spring = import("Spring", {person("f1", Role::facilitator), person("p1"), person("p2")});
    schedule_all(spring);
    EXPECT_TRUE(cohorts().get_schedulable_cohorts().empty());
    // A platform that forgot the status: who sits in a running group awaits nothing.
    sql("UPDATE courses_users SET grouping_status = 'awaiting_grouping'");
    EXPECT_TRUE(cohorts().get_schedulable_cohorts().empty());
    EXPECT_EQ(cohorts().list_cohorts().at(0).grouped, 3);
    EXPECT_EQ(cohorts().list_cohorts().at(0).awaiting, 0);
}

TEST_P(Queries, pitfall_31_who_dropped_or_was_removed_awaits_a_group_again) {
    const CohortId spring = import("Spring", {person("f1", Role::facilitator), person("p1"), person("p2")});
    schedule_all(spring);
    sql("UPDATE courses_users SET grouping_status = 'awaiting_grouping'");
    sql("UPDATE groups_users SET status = 'dropped' WHERE user_id = (SELECT user_id FROM users WHERE email = "
        "'p1@example.org')");
    sql("UPDATE groups_users SET status = 'removed' WHERE user_id = (SELECT user_id FROM users WHERE email = "
        "'p2@example.org')");
    const auto found = cohorts().get_schedulable_cohorts();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].pending_users, 2);
}

TEST_P(Queries, pitfall_35_a_group_in_another_cohort_does_not_count) {
    import("Spring", {person("p1")});
    const CohortId autumn = import("Autumn", {person("p1")});
    schedule_all(autumn);
    const auto found = cohorts().get_schedulable_cohorts();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].cohort_name, "Spring");
}

TEST_P(Queries, realizable_cohorts_have_running_groups_without_channels) {
    const CohortId spring = import("Spring", {person("f1", Role::facilitator), person("p1")});
    EXPECT_TRUE(cohorts().get_realizable_cohorts().empty());
    const GroupId group = schedule_all(spring);
    const auto found = cohorts().get_realizable_cohorts();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].cohort_name, "Spring");
    EXPECT_EQ(found[0].unrealized_groups, 1);
    sql("UPDATE groups SET discord_text_channel_id = '1'");
    EXPECT_EQ(cohorts().get_realizable_cohorts().size(), 1U);
    realizations().save_discord_channel_ids(group, "1", "2");
    EXPECT_TRUE(cohorts().get_realizable_cohorts().empty());
}

TEST_P(Queries, cohorts_are_listed_with_their_counts) {
    const CohortId spring =
        import("Spring", {person("f1", Role::facilitator), person("p1"), person("p2"), person("p3")});
    sql("UPDATE courses_users SET grouping_status = 'ungroupable' WHERE user_id = (SELECT user_id FROM users "
        "WHERE "
        "email = 'p3@example.org')");
    const CohortSummary summary = cohorts().list_cohorts().at(0);
    EXPECT_EQ(summary.cohort_id, spring);
    EXPECT_EQ(summary.course_name, "Course");
    EXPECT_EQ(summary.awaiting, 3);
    EXPECT_EQ(summary.ungroupable, 1);
    sql("UPDATE courses_users SET grouping_status = 'ungroupable'");
    EXPECT_EQ(cohorts().list_cohorts().at(0).ungroupable, 3)
        << "a facilitator without a group is not left out";
    EXPECT_EQ(summary.grouped, 0);
    EXPECT_EQ(summary.groups, 0);
    EXPECT_EQ(summary.start_date, spring_cohort().start_date);
}

TEST_P(Queries, pitfall_19_meetings_led_in_other_running_cohorts_are_booked) {
    const CohortId spring = import("Spring", {person("f1", Role::facilitator), person("p1")});
    CohortImport other = spring_cohort();
    other.cohort_name = "Autumn";
    other.settings.meeting_minutes = 90;
    const CohortId autumn = cohorts().import_cohort(other).cohort_id;
    schedule_all(autumn);
    const CohortSnapshot snapshot = load(spring);
    const UserId facilitator = snapshot.signups[0].user_id;
    EXPECT_EQ(snapshot.outside_bookings,
              (std::vector<OutsideBookingRow>{{facilitator, at(2025, 1, 15, 15), 90},
                                              {facilitator, at(2025, 1, 22, 15), 90}}));
    EXPECT_EQ(snapshot.outside_loads, (std::vector<OutsideLoadRow>{{facilitator, 1}}));
    EXPECT_TRUE(load(autumn).outside_bookings.empty());

    sql("UPDATE groups SET status = 'completed'");
    EXPECT_TRUE(load(spring).outside_bookings.empty());
    sql("UPDATE groups SET status = 'active'");
    EXPECT_EQ(load(spring).outside_loads.size(), 1U);
    sql("UPDATE cohorts SET status = 'cancelled' WHERE cohort_name = 'Autumn'");
    EXPECT_TRUE(load(spring).outside_loads.empty());
}

TEST_P(Queries, a_booking_of_a_cohort_without_settings_lasts_an_hour) {
    const CohortId spring = import("Spring", {person("f1", Role::facilitator)});
    const CohortId autumn = import("Autumn", {person("f1", Role::facilitator)});
    schedule_all(autumn);
    sql("DELETE FROM convene_cohort_settings");
    EXPECT_EQ(load(spring).outside_bookings.at(0).minutes, 60);
}

TEST_P(Queries, times_are_the_same_instants_whatever_offset_they_are_written_in) {
    const CohortId spring = import("Spring", {person("f1", Role::facilitator)});
    const GroupId group = schedule_all(spring);
    const std::string row = " WHERE group_id = " + std::to_string(group.value);
    for (const char* text : {"2025-03-09T14:00:00Z", "2025-03-09 14:00:00+00", "2025-03-09T19:45:00+05:45",
                             "2025-03-09 10:00:00-04", "2025-03-09T14:00:30Z"}) {
        sql("UPDATE meetings SET scheduled_time_utc = '" + std::string(text) + "'" + row);
        EXPECT_EQ(load(spring).groups[0].meetings[0].scheduled_time, at(2025, 3, 9, 14)) << text;
    }
}

TEST_P(Queries, nulls_where_the_platform_leaves_them_are_read) {
    sql("INSERT INTO users (email) VALUES (NULL)");
    const CohortId spring = import("Spring", {});
    sql("INSERT INTO courses_users (user_id, cohort_id, cohort_role) SELECT user_id, cohort_id, "
        "'facilitator' FROM "
        "users, cohorts");
    sql("INSERT INTO groups (group_name, cohort_id) SELECT 'Bare', cohort_id FROM cohorts");
    const CohortSnapshot snapshot = load(spring);
    ASSERT_EQ(snapshot.signups.size(), 1U);
    EXPECT_FALSE(snapshot.signups[0].timezone.has_value());
    EXPECT_FALSE(snapshot.signups[0].certified);
    EXPECT_EQ(snapshot.signups[0].reference, "");
    EXPECT_EQ(snapshot.groups.at(0).recurring_meeting_time_utc, "");
    EXPECT_TRUE(snapshot.groups[0].members.empty());
    const auto realization = realizations().get_cohort_groups_for_realization(spring);
    EXPECT_TRUE(realization->groups.at(0).meetings.empty());
}

TEST_P(Queries, availability_is_passed_up_as_it_stands) {
    const CohortId spring = import("Spring", {person("p1")});
    sql("UPDATE users SET availability_local = '[broken', if_needed_availability_local = NULL, "
        "availability_utc = 'M09:00 M10:00', if_needed_availability_utc = ''");
    const SignupRow signup = load(spring).signups.at(0);
    EXPECT_EQ(signup.availability_local, "[broken");
    EXPECT_FALSE(signup.if_needed_availability_local.has_value());
    EXPECT_EQ(signup.availability_utc, "M09:00 M10:00");
    EXPECT_EQ(signup.if_needed_availability_utc, "");
}

TEST_P(Queries, an_unknown_cohort_is_no_snapshot) {
    EXPECT_FALSE(cohorts().load_cohort(CohortId{99}).has_value());
}

TEST_P(Queries, a_word_outside_its_enumeration_is_an_error_that_names_the_row) {
    const CohortId spring = import("Spring", {person("p1")});
    sql(postgresql() ? "ALTER TYPE cohort_status ADD VALUE 'paused'"
                     : "PRAGMA ignore_check_constraints = ON");
    sql("UPDATE cohorts SET status = 'paused'");
    try {
        (void)cohorts().load_cohort(spring);
        FAIL() << "no error";
    } catch (const StoreFailure& failure) {
        EXPECT_EQ(failure.operation(), "load_cohort");
        EXPECT_EQ(failure.retry(), Retry::useless);
        const std::string text = failure.what();
        EXPECT_NE(text.find("cohort_id " + std::to_string(spring.value)), std::string::npos) << text;
        EXPECT_NE(text.find("`paused`"), std::string::npos) << text;
    }
    // The next call works again.
    sql("UPDATE cohorts SET status = 'active'");
    EXPECT_EQ(load(spring).cohort.status, CohortStatus::active);
}

TEST_P(Queries, a_time_that_is_none_is_an_error_that_names_the_row) {
    const CohortId spring = import("Spring", {person("p1")});
    schedule_all(spring);
    sql("UPDATE meetings SET scheduled_time_utc = '" +
        std::string(postgresql() ? "infinity" : "next Tuesday") + "'");
    EXPECT_THROW((void)cohorts().load_cohort(spring), StoreFailure);
}

}  // namespace
}  // namespace convene::test
