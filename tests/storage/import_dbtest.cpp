// Importing cohorts, and reading back what was imported.
#include <algorithm>

#include "tests/storage/store_contract.h"

namespace convene::test {
namespace {

class Import : public StoreContract {};
CONVENE_ON_BOTH_DATABASES(Import);

TEST_P(Import, a_cohort_reads_back_as_it_was_written) {
    CohortImport import = spring_cohort();
    import.settings.meeting_minutes = 90;
    import.settings.anchor = "Europe/London";
    import.settings.rules = {3, 5, true, false, 15, Fit::first_meeting, 10, 4};
    import.people[1].discord_id = "123456789012345678";
    import.people[0].max_groups = 3;
    import.together = {{ "p2", "p1" }};
    import.apart = {{ "f1", "p1" }};

    const ImportReport report = cohorts().import_cohort(import);
    EXPECT_TRUE(report.cohort_created);
    EXPECT_EQ(report.people_created, 3);

    const CohortSnapshot cohort = load(report.cohort_id);
    EXPECT_EQ(cohort.cohort.cohort_name, "Spring");
    EXPECT_EQ(cohort.cohort.course_name, "Course");
    EXPECT_EQ(cohort.cohort.start_date, import.start_date);
    EXPECT_EQ(cohort.cohort.number_of_group_meetings, 2);
    EXPECT_EQ(cohort.cohort.settings, import.settings);
    ASSERT_EQ(cohort.signups.size(), 3U);
    const SignupRow& facilitator = cohort.signups[0];
    EXPECT_EQ(facilitator.reference, "f1");
    EXPECT_EQ(facilitator.role, Role::facilitator);
    EXPECT_TRUE(facilitator.certified);
    EXPECT_EQ(facilitator.max_active_groups, 3);
    EXPECT_EQ(facilitator.timezone, "Europe/London");
    EXPECT_EQ(facilitator.availability_local, R"({"Wednesday":["14:00-18:00"]})");
    EXPECT_EQ(cohort.signups[1].discord_id, "123456789012345678");
    EXPECT_FALSE(cohort.signups[1].max_active_groups.has_value());
    EXPECT_EQ(cohort.signups[2].grouping_status, GroupingStatus::awaiting_grouping);
    const UserId p1 = cohort.signups[1].user_id;
    const UserId p2 = cohort.signups[2].user_id;
    EXPECT_EQ(cohort.together, (std::vector<std::vector<UserId>>{{p2, p1}}));
    EXPECT_EQ(cohort.apart, (std::vector<std::vector<UserId>>{{facilitator.user_id, p1}}));
}

TEST_P(Import, the_same_file_twice_changes_nothing) {
    CohortImport import = spring_cohort();
    import.together = {{ "p1", "p2" }};
    const CohortId id = cohorts().import_cohort(import).cohort_id;
    const CohortSnapshot before = load(id);
    const ImportReport again = cohorts().import_cohort(import);
    EXPECT_EQ(again.cohort_id, id);
    EXPECT_FALSE(again.cohort_created);
    EXPECT_EQ(again.people_created, 0);
    EXPECT_EQ(again.people_updated, 0);
    EXPECT_EQ(again.people_unchanged, 3);
    EXPECT_EQ(load(id), before);
    EXPECT_EQ(value("count(*)", "FROM users"), "3");
}

TEST_P(Import, pitfall_29_two_people_without_discord_id_are_two_people) {
    CohortImport import = spring_cohort();
    for (PersonImport& each : import.people) each.email.reset();
    const CohortId id = cohorts().import_cohort(import).cohort_id;
    EXPECT_EQ(load(id).signups.size(), 3U);
    EXPECT_EQ(value("count(*)", "FROM users"), "3");
}

TEST_P(Import, addresses_that_differ_in_case_are_one_person) {
    CohortImport import = spring_cohort();
    import.people = {person("p1")};
    import.people[0].email = "Ana@Example.ORG";
    cohorts().import_cohort(import);
    import.cohort_name = "Autumn";
    import.people[0].reference = "other";
    import.people[0].email = "ana@example.org";
    const ImportReport report = cohorts().import_cohort(import);
    EXPECT_EQ(report.people_created, 0);
    EXPECT_EQ(value("count(*)", "FROM users"), "1");
    EXPECT_EQ(load(report.cohort_id).signups[0].email, "Ana@Example.ORG");
}

TEST_P(Import, a_discord_id_finds_the_person_before_the_address_does) {
    sql("INSERT INTO users (discord_id, email) VALUES ('111', 'old@example.org'), (NULL, 'new@example.org')");
    CohortImport import = spring_cohort();
    import.people = {person("p1")};
    import.people[0].discord_id = "111";
    import.people[0].email = "new@example.org";
    const CohortId id = cohorts().import_cohort(import).cohort_id;
    EXPECT_EQ(load(id).signups[0].discord_id, "111");
    EXPECT_EQ(value("count(*)", "FROM users"), "2");
}

TEST_P(Import, a_shared_address_with_another_discord_account_is_another_person) {
    sql("INSERT INTO users (discord_id, email) VALUES ('111', 'family@example.org')");
    CohortImport import = spring_cohort();
    import.people = {person("p1")};
    import.people[0].discord_id = "222";
    import.people[0].email = "family@example.org";
    cohorts().import_cohort(import);
    EXPECT_EQ(value("count(*)", "FROM users WHERE email = 'family@example.org'"), "2");
}

TEST_P(Import, changed_hours_update_one_person_and_leave_names_that_people_chose) {
    const CohortId id = cohorts().import_cohort(spring_cohort()).cohort_id;
    CohortImport import = spring_cohort();
    import.people[1].availability_local = R"({"Monday":["09:00-10:00"]})";
    import.people[2].name = "Another name";
    const ImportReport report = cohorts().import_cohort(import);
    EXPECT_EQ(report.people_updated, 1);
    EXPECT_EQ(report.people_unchanged, 2);
    const CohortSnapshot cohort = load(id);
    EXPECT_EQ(cohort.signups[1].availability_local, R"({"Monday":["09:00-10:00"]})");
    EXPECT_EQ(cohort.signups[2].nickname, "Name of p2");
}

TEST_P(Import, new_hours_give_the_ungroupable_another_chance) {
    const CohortId id = cohorts().import_cohort(spring_cohort()).cohort_id;
    sql("UPDATE courses_users SET grouping_status = 'ungroupable'");
    CohortImport import = spring_cohort();
    import.people[1].availability_local = R"({"Monday":["09:00-10:00"]})";
    cohorts().import_cohort(import);
    const CohortSnapshot cohort = load(id);
    EXPECT_EQ(cohort.signups[1].grouping_status, GroupingStatus::awaiting_grouping);
    EXPECT_EQ(cohort.signups[2].grouping_status, GroupingStatus::ungroupable);
}

TEST_P(Import, people_alone_leave_settings_dates_and_sets) {
    CohortImport import = spring_cohort();
    import.settings.meeting_minutes = 90;
    import.together = {{ "p1", "p2" }};
    const CohortId id = cohorts().import_cohort(import).cohort_id;
    CohortImport more;
    more.into = id;
    more.settings_given = false;
    more.people = {person("p3")};
    EXPECT_EQ(cohorts().import_cohort(more).people_created, 1);
    const CohortSnapshot cohort = load(id);
    EXPECT_EQ(cohort.signups.size(), 4U);
    EXPECT_EQ(cohort.cohort.settings.meeting_minutes, 90);
    EXPECT_EQ(cohort.cohort.start_date, import.start_date);
    EXPECT_EQ(cohort.together.size(), 1U);
}

TEST_P(Import, an_uncertified_facilitator_is_not_certified_by_a_second_signup) {
    sql("INSERT INTO users (email) VALUES ('f1@example.org')");
    sql("INSERT INTO facilitators (user_id, max_active_groups) SELECT user_id, 0 FROM users");
    const CohortSnapshot cohort = load(cohorts().import_cohort(spring_cohort()).cohort_id);
    EXPECT_FALSE(cohort.signups[0].certified);
    EXPECT_EQ(cohort.signups[0].max_active_groups, 0);
}

TEST_P(Import, a_fault_in_the_middle_leaves_nothing_behind) {
    CohortImport import = spring_cohort();
    import.apart = {{ "p1", "nobody" }};
    EXPECT_THROW((void)cohorts().import_cohort(import), std::invalid_argument);
    EXPECT_EQ(value("count(*)", "FROM users"), "0");
    EXPECT_EQ(value("count(*)", "FROM cohorts"), "0");
}

TEST_P(Import, names_with_quotes_emoji_and_sql_come_back_unharmed) {
    const std::vector<std::string> names{"Robert'); DROP TABLE users;--", "\"O'Brien\" \\ :name ::text $1 ?",
                                         "\xF0\x9F\x90\xBB \xC3\x81lvarez \xE6\x9D\x8E", "%s{key}\n\ttab"};
    CohortImport import = spring_cohort();
    import.cohort_name = names[0];
    import.people.clear();
    for (std::size_t i = 0; i < names.size(); ++i) {
        import.people.push_back(person(names[i]));
        import.people.back().name = names[i];
    }
    const CohortSnapshot cohort = load(cohorts().import_cohort(import).cohort_id);
    EXPECT_EQ(cohort.cohort.cohort_name, names[0]);
    ASSERT_EQ(cohort.signups.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(cohort.signups[i].nickname, names[i]);
        EXPECT_EQ(cohort.signups[i].reference, names[i]);
    }
    EXPECT_EQ(cohorts().import_cohort(import).people_unchanged, 4);
}

TEST_P(Import, text_that_the_database_would_cut_is_refused) {
    CohortImport import = spring_cohort();
    import.people[0].name = std::string("half\0lost", 9);
    EXPECT_THROW((void)cohorts().import_cohort(import), StoreFailure);
    EXPECT_EQ(value("count(*)", "FROM users"), "0");
}

TEST_P(Import, of_two_cohorts_with_one_name_an_id_must_choose) {
    const CohortId first = cohorts().import_cohort(spring_cohort()).cohort_id;
    sql("INSERT INTO cohorts (cohort_name, course_id, cohort_start_date, duration_days, "
        "number_of_group_meetings) "
        "SELECT cohort_name, course_id, cohort_start_date, duration_days, 8 FROM cohorts");
    CohortImport import = spring_cohort();
    EXPECT_THROW((void)cohorts().import_cohort(import), StoreFailure);
    import.into = first;
    EXPECT_EQ(cohorts().import_cohort(import).cohort_id, first);
    import.into = CohortId{99};
    EXPECT_THROW((void)cohorts().import_cohort(import), StoreFailure);
}

TEST_P(Import, deleted_users_are_left_out_and_an_old_file_does_not_bring_them_back) {
    CohortImport import = spring_cohort();
    import.people[1].discord_id = "111";
    const CohortId id = cohorts().import_cohort(import).cohort_id;
    sql("UPDATE users SET deleted_at = '2025-01-05T00:00:00Z' WHERE email = 'p1@example.org'");
    EXPECT_EQ(load(id).signups.size(), 2U);
    EXPECT_EQ(cohorts().import_cohort(import).people_unchanged, 3);
    EXPECT_EQ(load(id).signups.size(), 2U);

    import.cohort_name = "Autumn";
    const CohortId autumn = cohorts().import_cohort(import).cohort_id;
    EXPECT_EQ(load(autumn).signups.size(), 3U);
    EXPECT_EQ(value("count(*)", "FROM users"), "3");
}

TEST_P(Import, a_reference_whose_discord_account_is_someone_elses_is_refused_whole) {
    CohortImport import = spring_cohort();
    import.people[1].discord_id = "111";
    import.people[2].discord_id = "222";
    const CohortId id = cohorts().import_cohort(import).cohort_id;
    const CohortSnapshot before = load(id);
    import.people[1].discord_id = "222";
    EXPECT_THROW((void)cohorts().import_cohort(import), StoreFailure);
    EXPECT_EQ(load(id), before);
}

}  // namespace
}  // namespace convene::test
