// Creating, upgrading and refusing schemas.
#include "storage/schema/sql_schema_manager.h"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/storage/store_contract.h"
#include "tests/support/postgres_server.h"

namespace convene::test {
namespace {

namespace fs = std::filesystem;
using storage::Database;

class SchemaOn : public ::testing::TestWithParam<Database> {
protected:
    [[nodiscard]] std::unique_ptr<storage::Store> unchecked() const {
        return storage::open(url_, storage::Schema::unchecked);
    }

    /// Name and columns of every table, which is what a version amounts to.
    [[nodiscard]] std::string tables() const {
        const auto raw = connect_raw(url_);
        const bool sqlite = GetParam() == Database::sqlite;
        std::string text;
        for (const storage::Row& row : raw->select(
                 {sqlite ? "sql AS item" : "table_name || '.' || column_name || ' ' || data_type AS item"},
                 sqlite ? "FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
                        : "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1")) {
            text += row.text("item") + "\n";
        }
        return text;
    }

    TemporaryDirectory directory_;
    std::string url_ = GetParam() == Database::sqlite
                           ? "sqlite:" + (directory_.path() / "convene.db").string()
                           : PostgresServer::shared().create_database();
};
CONVENE_ON_BOTH_DATABASES(SchemaOn);

TEST_P(SchemaOn, migrating_an_empty_database_creates_everything_once) {
    const MigrationStatus before = unchecked()->schema().status();
    EXPECT_EQ(before.version, 0);
    EXPECT_FALSE(before.adoptable);
    EXPECT_EQ(before.pending.size(), static_cast<std::size_t>(before.latest));
    EXPECT_FALSE(unchecked()->schema().migrate().empty());
    const std::string once = tables();
    EXPECT_TRUE(unchecked()->schema().migrate().empty());
    EXPECT_EQ(tables(), once);
    const MigrationStatus after = unchecked()->schema().status();
    EXPECT_EQ(after.version, after.latest);
    EXPECT_TRUE(after.pending.empty());
    EXPECT_EQ(storage::open(url_)->cohorts().import_cohort(spring_cohort()).people_created, 3);
}

TEST_P(SchemaOn, an_upgrade_from_any_version_ends_the_same_and_keeps_rows) {
    unchecked()->schema().migrate();
    const std::string wanted = tables();
    const int latest = unchecked()->schema().status().latest;
    for (int version = 1; version < latest; ++version) {
        SCOPED_TRACE(version);
        const TemporaryDirectory directory;
        const std::string old = GetParam() == Database::sqlite
                                    ? "sqlite:" + (directory.path() / "old.db").string()
                                    : PostgresServer::shared().create_database();
        url_ = old;
        const auto store = unchecked();
        dynamic_cast<storage::SqlSchemaManager&>(store->schema()).migrate_to(version);
        EXPECT_EQ(store->schema().status().version, version);
        connect_raw(old)->script("INSERT INTO courses (course_name) VALUES ('Kept')");
        EXPECT_THROW((void)storage::open(old), StoreFailure);
        store->schema().migrate();
        EXPECT_EQ(tables(), wanted);
        EXPECT_EQ(connect_raw(old)->select({"course_name"}, "FROM courses").at(0).text("course_name"),
                  "Kept");
        EXPECT_EQ(storage::open(old)->cohorts().import_cohort(spring_cohort()).people_created, 3);
    }
}

TEST_P(SchemaOn, eight_migrations_at_once_are_one) {
    std::vector<std::thread> threads;
    std::vector<std::size_t> done(8, 0);
    for (std::size_t& lines : done) {
        threads.emplace_back([&] { lines = unchecked()->schema().migrate().size(); });
    }
    for (std::thread& thread : threads) thread.join();
    std::size_t total = 0;
    for (const std::size_t lines : done) total += lines;
    EXPECT_EQ(connect_raw(url_)->select({"count(*) AS n"}, "FROM convene_migrations").at(0).small("n"),
              unchecked()->schema().status().latest);
    const std::string shared = tables();
    url_ = GetParam() == Database::sqlite ? "sqlite:" + (directory_.path() / "alone.db").string()
                                          : PostgresServer::shared().create_database();
    EXPECT_EQ(total, unchecked()->schema().migrate().size());
    EXPECT_EQ(shared, tables());
}

TEST_P(SchemaOn, a_schema_from_the_future_is_refused_and_left_alone) {
    unchecked()->schema().migrate();
    connect_raw(url_)->script(
        "INSERT INTO convene_migrations (version, name) VALUES (999, 'from the future')");
    EXPECT_THROW((void)storage::open(url_), StoreFailure);
    EXPECT_THROW((void)unchecked()->schema().migrate(), StoreFailure);
    try {
        (void)storage::open(url_);
    } catch (const StoreFailure& failure) {
        EXPECT_NE(std::string(failure.what()).find("999"), std::string::npos);
        EXPECT_EQ(failure.retry(), Retry::useless);
    }
}

TEST_P(SchemaOn, a_migration_that_fails_leaves_the_version_before) {
    {
        const auto store = unchecked();
        dynamic_cast<storage::SqlSchemaManager&>(store->schema()).migrate_to(2);
    }
    // Somebody else's table stands where the next step wants its own.
    connect_raw(url_)->script("CREATE TABLE convene_edits (something INTEGER)");
    EXPECT_THROW((void)unchecked()->schema().migrate(), StoreFailure);
    EXPECT_EQ(unchecked()->schema().status().version, 2);
    connect_raw(url_)->script("DROP TABLE convene_edits");
    EXPECT_FALSE(unchecked()->schema().migrate().empty());
    EXPECT_NO_THROW((void)storage::open(url_));
}

TEST_P(SchemaOn, a_statement_that_breaks_an_enumeration_is_refused_by_the_database) {
    unchecked()->schema().migrate();
    const auto raw = connect_raw(url_);
    raw->script("INSERT INTO courses (course_name) VALUES ('Course')");
    EXPECT_THROW(
        raw->script(
            "INSERT INTO cohorts (cohort_name, course_id, cohort_start_date, duration_days, status, "
            "number_of_group_meetings) SELECT 'C', course_id, '2025-01-01', 7, 'paused', 1 FROM courses"),
        storage::DatabaseError);
}

TEST_P(SchemaOn, a_database_with_some_tables_and_columns_gets_the_others) {
    if (GetParam() == Database::sqlite) std::ofstream(url_.substr(7)).close();
    const auto raw = connect_raw(url_);
    raw->script(
        "CREATE TABLE users (user_id INTEGER PRIMARY KEY, email TEXT); "
        "CREATE TABLE courses (course_id INTEGER PRIMARY KEY, course_name TEXT); "
        "CREATE TABLE cohorts (cohort_id INTEGER PRIMARY KEY, cohort_name TEXT, course_id INTEGER, "
        "cohort_start_date DATE, duration_days INTEGER); "
        "CREATE TABLE courses_users (course_user_id INTEGER PRIMARY KEY, user_id INTEGER, cohort_id "
        "INTEGER); "
        "INSERT INTO users VALUES (1, 'ana@example.org'); INSERT INTO courses VALUES (1, 'Course'); "
        "INSERT INTO cohorts VALUES (1, 'Spring', 1, '2025-01-15', 56), (2, 'Autumn', 1, '2025-09-01', "
        "NULL); "
        "INSERT INTO courses_users VALUES (1, 1, 1)");
    EXPECT_TRUE(unchecked()->schema().status().adoptable);
    unchecked()->schema().migrate();
    const auto store = storage::open(url_);
    const CohortSnapshot spring = store->cohorts().load_cohort(CohortId{1}).value();
    EXPECT_EQ(spring.cohort.number_of_group_meetings, 8);
    EXPECT_EQ(spring.cohort.status, CohortStatus::active);
    EXPECT_EQ(spring.signups.at(0).email, "ana@example.org");
    EXPECT_EQ(spring.signups[0].role, Role::participant);
    EXPECT_EQ(spring.signups[0].grouping_status, GroupingStatus::awaiting_grouping);
    EXPECT_EQ(store->cohorts().load_cohort(CohortId{2}).value().cohort.number_of_group_meetings, 1);
    const CommitResult result =
        store->cohorts().commit_schedule(spring, one_group_of_all(spring), some_run());
    EXPECT_EQ(result.status, CommitStatus::written);
    EXPECT_EQ(raw->select({"count(*) AS n"}, "FROM meetings").at(0).small("n"), 2);
}

TEST(SqliteFile, opening_creates_nothing_and_says_what_to_do) {
    const TemporaryDirectory directory;
    const fs::path file = directory.path() / "convene.db";
    const std::string url = "sqlite:" + file.string();
    try {
        (void)storage::open(url);
        FAIL() << "no error";
    } catch (const StoreFailure& failure) {
        EXPECT_NE(std::string(failure.what()).find("convene db migrate"), std::string::npos)
            << failure.what();
    }
    EXPECT_EQ(storage::open(url, storage::Schema::unchecked)->schema().status().version, 0);
    EXPECT_TRUE(fs::is_empty(directory.path()));
    EXPECT_EQ(storage::open(url, storage::Schema::create_if_new)->cohorts().list_cohorts().size(), 0U);
    EXPECT_TRUE(fs::exists(file));
}

TEST(SqliteFile, creating_if_new_does_not_upgrade_what_exists) {
    const TemporaryDirectory directory;
    const std::string url = "sqlite:" + (directory.path() / "convene.db").string();
    {
        const auto store = storage::open(url, storage::Schema::unchecked);
        dynamic_cast<storage::SqlSchemaManager&>(store->schema()).migrate_to(1);
    }
    EXPECT_THROW((void)storage::open(url, storage::Schema::create_if_new), StoreFailure);
}

TEST(SqliteFile, names_with_spaces_equals_signs_and_other_letters_work) {
    const TemporaryDirectory directory;
    for (const char* name : {"my cohort.db", "a=b timeout=0.db",
                             "gr\xC3\xBC\xC3\x9F"
                             "e'%20?.db"}) {
        const fs::path file = directory.path() / name;
        const std::string url = "sqlite:" + file.string();
        EXPECT_EQ(storage::open(url, storage::Schema::create_if_new)
                      ->cohorts()
                      .import_cohort(spring_cohort())
                      .people_created,
                  3);
        EXPECT_TRUE(fs::exists(file)) << name;
    }
}

TEST(SqliteFile, a_file_that_is_no_database_is_an_error_and_stays) {
    const TemporaryDirectory directory;
    const fs::path file = directory.path() / "notes.txt";
    const std::string text(5000, 'x');
    std::ofstream(file) << text;
    for (const storage::Schema required : {storage::Schema::current, storage::Schema::create_if_new}) {
        EXPECT_THROW((void)storage::open("sqlite:" + file.string(), required), StoreFailure);
    }
    EXPECT_THROW(
        (void)storage::open("sqlite:" + file.string(), storage::Schema::unchecked)->schema().migrate(),
        StoreFailure);
    EXPECT_EQ(fs::file_size(file), text.size());
}

TEST(SqliteFile, a_directory_that_does_not_exist_is_an_error) {
    EXPECT_THROW((void)storage::open("sqlite:/nowhere/at/all.db", storage::Schema::create_if_new),
                 StoreFailure);
    EXPECT_THROW((void)storage::open("sqlite:"), StoreFailure);
    EXPECT_THROW((void)storage::open("sqlite::memory:"), StoreFailure);
}

TEST(SqliteFile, is_durable_and_lets_readers_in_while_somebody_writes) {
    const TemporaryDirectory directory;
    const std::string url = fresh_database(Database::sqlite, directory);
    const auto writer = connect_raw(url);
    EXPECT_EQ(writer->select({"journal_mode"}, "FROM pragma_journal_mode").at(0).text("journal_mode"), "wal");
    EXPECT_EQ(writer->select({"synchronous"}, "FROM pragma_synchronous").at(0).text("synchronous"),
              "2");  // FULL
    EXPECT_EQ(writer->select({"foreign_keys"}, "FROM pragma_foreign_keys").at(0).text("foreign_keys"), "1");
    writer->begin(storage::TransactionMode::write);
    writer->script("INSERT INTO courses (course_name) VALUES ('Unfinished')");
    EXPECT_TRUE(storage::open(url)->cohorts().list_cohorts().empty());
    writer->rollback();
}

}  // namespace
}  // namespace convene::test
