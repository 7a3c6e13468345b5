// tests/storage/store_contract.h: what every store must do, on each database.
//
// Tests of the contract derive from StoreContract and are instantiated by
// CONVENE_ON_BOTH_DATABASES; each gets a database of its own with the present schema.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/open_store.h"
#include "storage/sql/connection.h"

namespace convene::test {

using namespace std::chrono_literals;

/// A directory that goes with the object.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class StoreContract : public ::testing::TestWithParam<storage::Database> {
protected:
    StoreContract();
    ~StoreContract() override;

    [[nodiscard]] bool postgresql() const { return GetParam() == storage::Database::postgresql; }
    [[nodiscard]] const std::string& url() const { return url_; }

    [[nodiscard]] storage::Store& store() { return *store_; }
    [[nodiscard]] CohortStore& cohorts() { return store_->cohorts(); }
    [[nodiscard]] RealizationStore& realizations() { return store_->realizations(); }

    /// Another connection, as another process has one.
    [[nodiscard]] std::unique_ptr<storage::Store> another() const { return storage::open(url_); }

    /// SQL past the store, as the platform or a person would send it.
    void sql(const std::string& statements) { raw_->script(statements); }
    /// The only value of the only row; `null` for null.
    [[nodiscard]] std::string value(const std::string& expression, const std::string& rest = "");

    [[nodiscard]] CohortSnapshot load(CohortId cohort);

private:
    TemporaryDirectory directory_;
    std::string url_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<storage::Connection> raw_;
};

/// A connection that leaves transactions and errors to the test.
[[nodiscard]] std::unique_ptr<storage::Connection> connect_raw(const std::string& url);

/// An empty database of the present schema.
[[nodiscard]] std::string fresh_database(storage::Database database, const TemporaryDirectory& directory);

[[nodiscard]] std::string database_name(const ::testing::TestParamInfo<storage::Database>& info);

/// Cohort `Spring` with facilitator `f1` and participants `p1`, `p2`.
[[nodiscard]] CohortImport spring_cohort();
[[nodiscard]] PersonImport person(const std::string& reference, Role role = Role::participant);

[[nodiscard]] Instant at(int year, unsigned month, unsigned day, int hour, int minute = 0);

/// One group of everybody who signed up: two meetings, Wednesday 15:00.
[[nodiscard]] CohortChanges one_group_of_all(const CohortSnapshot& cohort);
[[nodiscard]] RunRecord some_run();
[[nodiscard]] EditRecord some_edit();

#define CONVENE_ON_BOTH_DATABASES(suite)                                                                  \
    INSTANTIATE_TEST_SUITE_P(on, suite,                                                                   \
                             ::testing::Values(storage::Database::sqlite, storage::Database::postgresql), \
                             database_name)

}  // namespace convene::test
