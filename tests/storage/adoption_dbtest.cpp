// Taking over the platform's PostgreSQL without touching what is there.
#include <algorithm>

#include "tests/storage/store_contract.h"
#include "tests/support/platform_database.h"
#include "tests/support/postgres_server.h"

namespace convene::test {
namespace {

class Adoption : public ::testing::Test {
protected:
    Adoption() { make_platform_database(url_); }

    std::vector<std::string> migrate() {
        return storage::open(url_, storage::Schema::unchecked)->schema().migrate();
    }

    /// Every row of the table as text, in the order in which the server keeps them.
    [[nodiscard]] std::string rows_of(const std::string& table, const std::string& columns) const {
        std::string text;
        for (const SqlRow& row : run_sql(url_, "SELECT (" + columns + ")::text FROM " + table + " t")) {
            text += row[0].value_or("null") + "\n";
        }
        return text;
    }

    /// Everything the catalog says of the platform's objects, convene's own left out.
    [[nodiscard]] std::string catalog() const {
        std::string text;
        for (const char* query : {
                 "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE "
                 "'convene_%' "
                 "ORDER BY 1",
                 "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
                 "WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE "
                 "'convene_%' "
                 "ORDER BY 1",
                 "SELECT t.typname || ' ' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM "
                 "pg_type t "
                 "JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname ORDER BY 1",
                 "SELECT t.oid::text FROM pg_type t WHERE t.typtype = 'e' ORDER BY 1",
                 "SELECT definition FROM pg_views WHERE schemaname = 'public'",
                 "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgname NOT LIKE "
                 "'convene_%' ORDER BY 1",
                 "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' "
                 "|| "
                 "coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = 'public' "
                 "AND "
                 "table_name NOT LIKE 'convene_%' AND (table_name, column_name) NOT IN "
                 "(('cohorts', 'number_of_group_meetings'), ('cohorts', 'discord_category_id'), "
                 "('users', 'if_needed_availability_utc'), ('courses_users', 'grouping_attempt_count'), "
                 "('courses_users', 'last_grouping_attempt_at')) ORDER BY table_name, ordinal_position",
             }) {
            for (const SqlRow& row : run_sql(url_, query)) text += row[0].value_or("null") + "\n";
        }
        return text;
    }

    [[nodiscard]] std::string all_rows() const {
        return rows_of(
                   "users",
                   "user_id, discord_id, discord_username, nickname, email, timezone, availability_local, "
                   "if_needed_availability_local, availability_utc, created_at, updated_at, deleted_at, "
                   "newsletter") +
               rows_of("facilitators", "t.*") + rows_of("courses", "t.*") +
               rows_of(
                   "cohorts",
                   "cohort_id, cohort_name, course_id, cohort_start_date, duration_days, status, touched") +
               rows_of("courses_users",
                       "course_user_id, user_id, course_id, cohort_id, cohort_role, grouping_status, "
                       "completed_at") +
               rows_of("groups", "t.*") + rows_of("groups_users", "t.*") + rows_of("meetings", "t.*") +
               rows_of("payments", "t.*");
    }

    std::string url_ = PostgresServer::shared().create_database();
};

TEST_F(Adoption, what_is_there_stays_byte_for_byte) {
    const std::string rows = all_rows();
    const std::string objects = catalog();
    ASSERT_GT(rows.size(), 10000U);
    EXPECT_FALSE(migrate().empty());
    EXPECT_EQ(all_rows(), rows);
    EXPECT_EQ(catalog(), objects);
}

TEST_F(Adoption, cohorts_get_their_number_of_meetings_from_their_days) {
    run_sql(url_,
            "INSERT INTO cohorts (cohort_name, course_id, cohort_start_date, duration_days) "
            "VALUES ('Short', 1, '2025-01-01', 2), ('None', 1, '2025-01-01', 0)");
    migrate();
    // 60 / 7 = 8.57, 57 / 7 = 8.14
    EXPECT_EQ(
        sql_value(url_,
                  "SELECT string_agg(number_of_group_meetings::text, ' ' ORDER BY cohort_id) FROM cohorts"),
        "9 8 1 1");
    EXPECT_EQ(sql_value(url_,
                        "SELECT is_nullable FROM information_schema.columns WHERE table_name = 'cohorts' AND "
                        "column_name = 'number_of_group_meetings'"),
              "NO");
}

TEST_F(Adoption, a_platform_that_does_not_know_the_new_column_can_still_add_cohorts) {
    migrate();
    run_sql(url_,
            "INSERT INTO cohorts (cohort_name, course_id, cohort_start_date, duration_days) "
            "VALUES ('New', 1, '2025-06-01', 42)");
    EXPECT_EQ(sql_value(url_, "SELECT number_of_group_meetings FROM cohorts WHERE cohort_name = 'New'"), "6");
}

TEST_F(Adoption, it_says_what_it_did_and_the_second_time_does_nothing) {
    const auto store = storage::open(url_, storage::Schema::unchecked);
    const MigrationStatus before = store->schema().status();
    EXPECT_TRUE(before.adoptable);
    EXPECT_EQ(before.version, 0);
    EXPECT_FALSE(before.pending.empty());
    const auto done = store->schema().migrate();
    const auto did = [&](const std::string& what) {
        return std::any_of(done.begin(), done.end(),
                           [&](const std::string& line) { return line.starts_with(what); });
    };
    EXPECT_TRUE(did("added column cohorts.number_of_group_meetings"));
    EXPECT_TRUE(did("added column cohorts.discord_category_id"));
    EXPECT_TRUE(did("added column courses_users.grouping_attempt_count"));
    EXPECT_FALSE(did("created table users"));
    EXPECT_FALSE(did("created type"));
    const std::string catalog_after = catalog();
    EXPECT_TRUE(store->schema().migrate().empty());
    EXPECT_EQ(catalog(), catalog_after);
    const MigrationStatus after = store->schema().status();
    EXPECT_FALSE(after.adoptable);
    EXPECT_EQ(after.version, after.latest);
    EXPECT_TRUE(after.pending.empty());
}

TEST_F(Adoption, an_unadopted_database_is_refused_with_the_way_out) {
    try {
        (void)storage::open(url_);
        FAIL() << "no error";
    } catch (const StoreFailure& failure) {
        EXPECT_NE(std::string(failure.what()).find("convene db migrate"), std::string::npos)
            << failure.what();
    }
}

TEST_F(Adoption, the_adopted_cohort_is_read_scheduled_edited_and_realized) {
    migrate();
    const auto store = storage::open(url_);
    const auto pending = store->cohorts().get_schedulable_cohorts();
    ASSERT_EQ(pending.size(), 1U);
    EXPECT_EQ(pending[0].pending_users, 60);

    const CohortSnapshot cohort = *store->cohorts().load_cohort(CohortId{1});
    EXPECT_EQ(cohort.signups.size(), 60U);
    EXPECT_EQ(cohort.cohort.settings, CohortSettings{});
    EXPECT_EQ(cohort.signups[0].max_active_groups, 3);
    EXPECT_FALSE(cohort.signups[1].max_active_groups.has_value());
    EXPECT_FALSE(cohort.signups[3].certified);
    EXPECT_FALSE(cohort.signups[4].availability_local.has_value());  // user 5
    EXPECT_EQ(cohort.signups[4].availability_utc, "W13:00 W18:00, R13:00 R18:00");
    EXPECT_EQ(cohort.outside_bookings.size(), 16U);
    EXPECT_EQ(cohort.outside_bookings[0].start, at(2025, 3, 3, 15));
    EXPECT_EQ(cohort.outside_loads, (std::vector<OutsideLoadRow>{{UserId{1}, 1}, {UserId{2}, 1}}));

    const CommitResult result =
        store->cohorts().commit_schedule(cohort, one_group_of_all(cohort), some_run());
    EXPECT_EQ(result.status, CommitStatus::written);
    EXPECT_EQ(
        sql_value(url_,
                  "SELECT count(*) FROM courses_users WHERE grouping_status = 'grouped' AND cohort_id = 1"),
        "60");
    const CohortSnapshot after = *store->cohorts().load_cohort(CohortId{1});
    CohortChanges rename;
    rename.names.push_back({after.groups.at(0).group_id, "Owls"});
    rename.statuses.push_back({after.groups[0].group_id, GroupStatus::active});
    EXPECT_EQ(store->cohorts().commit_edit(after, rename, some_edit()).status, CommitStatus::written);
    store->realizations().save_discord_channel_ids(after.groups[0].group_id, "1", "2");
    EXPECT_EQ(store->realizations().get_cohort_groups_for_realization(CohortId{2})->groups.size(), 2U);
}

TEST_F(Adoption, an_import_finds_the_platforms_people) {
    migrate();
    const auto store = storage::open(url_);
    CohortImport import = spring_cohort();
    import.people = {person("a"), person("b")};
    import.people[0].discord_id = "100000000000000007";
    import.people[1].email = "user8@example.org";
    const ImportReport report = store->cohorts().import_cohort(import);
    EXPECT_EQ(report.people_created, 0);
    EXPECT_EQ(report.people_updated, 2);
    EXPECT_EQ(sql_value(url_, "SELECT count(*) FROM users"), "100");
    EXPECT_EQ(sql_value(url_, "SELECT nickname FROM users WHERE user_id = 8"), "Nick '8'");
}

TEST_F(Adoption, json_columns_are_compared_by_meaning) {
    run_sql(
        url_,
        "ALTER TABLE users ALTER COLUMN availability_local TYPE jsonb USING availability_local::jsonb, ALTER "
        "COLUMN if_needed_availability_local TYPE jsonb USING if_needed_availability_local::jsonb");
    migrate();
    const auto store = storage::open(url_);
    EXPECT_EQ(store->cohorts().import_cohort(spring_cohort()).people_created, 3);
    EXPECT_EQ(store->cohorts().import_cohort(spring_cohort()).people_unchanged, 3);
}

TEST_F(Adoption, a_database_without_local_hours_gets_the_columns) {
    run_sql(url_,
            "ALTER TABLE users DROP COLUMN availability_local, DROP COLUMN if_needed_availability_local");
    migrate();
    const auto store = storage::open(url_);
    EXPECT_FALSE(store->cohorts().load_cohort(CohortId{1})->signups[0].availability_local.has_value());
    EXPECT_EQ(store->cohorts().import_cohort(spring_cohort()).people_created, 3);
}

TEST_F(Adoption, times_are_right_whatever_the_servers_time_zone_and_date_style) {
    const std::string name = url_.substr(url_.rfind('/') + 1);
    run_sql(url_, "ALTER DATABASE " + name + " SET TimeZone = 'Asia/Kathmandu'; ALTER DATABASE " + name +
                      " SET DateStyle = 'German, DMY'");
    migrate();
    const auto store = storage::open(url_);
    EXPECT_EQ(store->cohorts().load_cohort(CohortId{1})->outside_bookings[0].start, at(2025, 3, 3, 15));
    EXPECT_EQ(store->cohorts().load_cohort(CohortId{1})->cohort.start_date,
              (Date{std::chrono::year{2025}, std::chrono::January, std::chrono::day{15}}));
    const CohortSnapshot cohort = *store->cohorts().load_cohort(CohortId{1});
    (void)store->cohorts().commit_schedule(cohort, one_group_of_all(cohort), some_run());
    EXPECT_EQ(sql_value(url_,
                        "SELECT min(extract(epoch FROM scheduled_time_utc))::bigint FROM meetings "
                        "WHERE cohort_id = 1"),
              "1736953200");  // date -u -d 2025-01-15T15:00Z +%s
}

}  // namespace
}  // namespace convene::test
