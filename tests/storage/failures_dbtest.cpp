// When the server, the network or another process gets in the way.
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/store_contract.h"
#include "tests/support/postgres_server.h"

namespace convene::test {
namespace {

using storage::Database;

class Failures : public StoreContract {
protected:
    CohortId spring_ = cohorts().import_cohort(spring_cohort()).cohort_id;
};
CONVENE_ON_BOTH_DATABASES(Failures);

TEST_P(Failures, pitfall_33_of_two_processes_that_commit_one_reading_one_writes) {
    const CohortSnapshot before = load(spring_);
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto store = another();
            const auto result =
                store->cohorts().commit_schedule(before, one_group_of_all(before), some_run());
            ::_exit(result.status == CommitStatus::written ? 0 : 1);
        }
        children.push_back(child);
    }
    int written = 0;
    for (const pid_t child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFEXITED(status));
        if (WEXITSTATUS(status) == 0) ++written;
    }
    EXPECT_EQ(written, 1);
    EXPECT_EQ(value("count(*)", "FROM groups"), "1");
}

class PostgresFailures : public ::testing::Test {
protected:
    PostgresFailures() { spring_ = store_->cohorts().import_cohort(spring_cohort()).cohort_id; }

    /// Ends every other connection to the database.
    void kill_backends() const {
        run_sql(url_,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
                "current_database() AND pid <> pg_backend_pid()");
    }

    TemporaryDirectory directory_;
    std::string url_ = fresh_database(Database::postgresql, directory_);
    std::unique_ptr<storage::Store> store_ = storage::open(url_);
    CohortId spring_;
};

TEST_F(PostgresFailures, a_connection_lost_between_calls_is_made_anew) {
    const CohortSnapshot before = *store_->cohorts().load_cohort(spring_);
    kill_backends();
    EXPECT_EQ(store_->cohorts().load_cohort(spring_), before);
    kill_backends();
    EXPECT_EQ(store_->cohorts().commit_schedule(before, one_group_of_all(before), some_run()).status,
              CommitStatus::written);
    EXPECT_EQ(sql_value(url_, "SELECT count(*) FROM groups"), "1");
}

TEST_F(PostgresFailures, a_commit_in_doubt_is_not_repeated) {
    // The server dies in the middle of COMMIT: the trigger runs there.
    run_sql(url_,
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'; "
            "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON convene_runs DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION die()");
    const CohortSnapshot before = *store_->cohorts().load_cohort(spring_);
    try {
        (void)store_->cohorts().commit_schedule(before, one_group_of_all(before), some_run());
        FAIL() << "no error";
    } catch (const StoreFailure& failure) {
        EXPECT_EQ(failure.retry(), Retry::unknown) << failure.what();
        EXPECT_EQ(failure.operation(), "commit_schedule");
    }
    // The store works again, and looking shows what became of it.
    EXPECT_EQ(store_->cohorts().load_cohort(spring_), before);
}

TEST_F(PostgresFailures, a_transaction_rolled_back_for_anothers_sake_is_repeated) {
    run_sql(
        url_,
        "CREATE SEQUENCE tries; CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN IF nextval('tries') < 3 THEN RAISE EXCEPTION 'try again' USING ERRCODE = '40001'; END IF; "
        "RETURN NEW; END$$; "
        "CREATE TRIGGER conflict BEFORE INSERT ON convene_runs FOR EACH ROW EXECUTE FUNCTION conflict()");
    const CohortSnapshot before = *store_->cohorts().load_cohort(spring_);
    const CommitResult result =
        store_->cohorts().commit_schedule(before, one_group_of_all(before), some_run());
    EXPECT_EQ(result.status, CommitStatus::written);
    EXPECT_EQ(result.new_groups.size(), 1U);
    EXPECT_EQ(sql_value(url_, "SELECT count(*) FROM groups"), "1");
    EXPECT_EQ(sql_value(url_, "SELECT last_value FROM tries"), "3");
}

TEST_F(PostgresFailures, errors_do_not_repeat_what_rows_hold) {
    run_sql(url_, "ALTER TABLE users ADD CONSTRAINT no_gmail CHECK (email NOT LIKE '%@secret.example')");
    CohortImport import = spring_cohort();
    import.people[0].reference = "new";
    import.people[0].email = "private@secret.example";
    try {
        (void)store_->cohorts().import_cohort(import);
        FAIL() << "no error";
    } catch (const StoreFailure& failure) {
        const std::string text = failure.what();
        EXPECT_NE(text.find("no_gmail"), std::string::npos) << text;
        EXPECT_EQ(text.find("private"), std::string::npos) << text;
        EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    }
}

TEST_F(PostgresFailures, while_a_commit_decides_the_platform_cannot_slip_a_signup_in) {
    // A trigger inside the commit tries, by a second connection, what the platform might do meanwhile.
    run_sql(url_, "CREATE EXTENSION dblink");
    run_sql(
        url_,
        "CREATE TABLE attempts (outcome TEXT); CREATE FUNCTION intrude() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN PERFORM dblink_exec('" +
            url_ +
            "', 'SET lock_timeout = ''50ms''; INSERT INTO courses_users "
            "(user_id, cohort_id) SELECT user_id, cohort_id FROM users, cohorts LIMIT 1'); "
            "INSERT INTO attempts VALUES ('written'); RETURN NEW; "
            "EXCEPTION WHEN lock_not_available THEN INSERT INTO attempts VALUES ('held off'); RETURN NEW; "
            "END$$; "
            "CREATE TRIGGER intrude BEFORE INSERT ON convene_runs FOR EACH ROW EXECUTE FUNCTION intrude()");
    const CohortSnapshot before = *store_->cohorts().load_cohort(spring_);
    EXPECT_EQ(store_->cohorts().commit_schedule(before, one_group_of_all(before), some_run()).status,
              CommitStatus::written);
    EXPECT_EQ(sql_value(url_, "SELECT outcome FROM attempts"), "held off");
}

TEST(DatabaseUrl, a_server_that_is_not_there_is_named_without_the_password) {
    const std::string url = "postgresql://ana:s3cr3t-word@127.0.0.1:1/course";
    try {
        (void)storage::open(url);
        FAIL() << "no error";
    } catch (const StoreFailure& failure) {
        const std::string text = failure.what();
        EXPECT_EQ(failure.retry(), Retry::safe);
        EXPECT_NE(text.find("127.0.0.1"), std::string::npos) << text;
        EXPECT_EQ(text.find("s3cr3t"), std::string::npos) << text;
    }
    EXPECT_EQ(storage::describe_url(url), "postgresql://ana@127.0.0.1:1/course");
}

TEST(DatabaseUrl, a_malformed_url_is_refused_without_repeating_it) {
    for (const char* url : {"postgresql://ana:s3cr3t@host:port:1/x", "postgresql://ana:s3cr3t%zz@host/x",
                            "mysql://ana:s3cr3t@host/x", "s3cr3t", ""}) {
        try {
            (void)storage::open(url);
            FAIL() << "no error for " << url;
        } catch (const StoreFailure& failure) {
            EXPECT_EQ(std::string(failure.what()).find("s3cr3t"), std::string::npos) << failure.what();
        }
        EXPECT_EQ(storage::describe_url(url).find("s3cr3t"), std::string::npos);
    }
}

TEST(DatabaseUrl, both_names_of_the_scheme_work) {
    const TemporaryDirectory directory;
    const std::string url = fresh_database(Database::postgresql, directory);
    EXPECT_NO_THROW((void)storage::open("postgres://" + url.substr(std::string("postgresql://").size())));
    EXPECT_THROW((void)storage::open(PostgresServer::shared().url_of("no_such_database")), StoreFailure);
}

}  // namespace
}  // namespace convene::test
