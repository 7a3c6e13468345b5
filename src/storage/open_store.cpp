#include "storage/open_store.h"

#include <filesystem>

#include "storage/schema/sql_schema_manager.h"
#include "storage/sql/postgres_connection.h"
#include "storage/sql/sqlite_connection.h"
#include "storage/sql_cohort_store.h"
#include "storage/sql_job_store.h"
#include "storage/sql_realization_store.h"

namespace convene::storage {
namespace {

constexpr std::string_view kSqlitePrefix = "sqlite:";

bool is_postgres(const std::string& url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

class SqlStore : public Store {
public:
    SqlStore(std::unique_ptr<Connection> connection, bool exists)
        : connection_(std::move(connection)),
          schema_(*connection_, exists),
          cohorts_(*connection_),
          realizations_(*connection_),
          jobs_(*connection_) {}

    CohortStore& cohorts() override { return cohorts_; }
    RealizationStore& realizations() override { return realizations_; }
    JobStore& jobs() override { return jobs_; }
    SqlSchemaManager& schema() override { return schema_; }

private:
    std::unique_ptr<Connection> connection_;
    SqlSchemaManager schema_;
    SqlCohortStore cohorts_;
    SqlRealizationStore realizations_;
    SqlJobStore jobs_;
};

/// \throws StoreFailure for what cannot name a file
std::string sqlite_path(const std::string& url) {
    const std::string path = url.substr(kSqlitePrefix.size());
    const auto refuse = [](const std::string& why) { throw StoreFailure("open", why, Retry::useless); };
    if (path.empty()) refuse("`sqlite:` needs a file name after it");
    if (path == ":memory:") refuse("a database in memory would be lost at the end: name a file");
    // SOCI reads its connection string by quotes.
    if (path.find('"') != std::string::npos) refuse("the file name must not have a double quote in it");
    return path;
}

std::unique_ptr<SqlStore> open_sqlite(const std::string& url, Schema required) {
    const std::string path = sqlite_path(url);
    std::error_code unreadable;
    const bool exists = std::filesystem::exists(path, unreadable);
    const bool may_create = required != Schema::current;
    auto store = std::make_unique<SqlStore>(make_sqlite_connection(path, may_create), exists);
    if (required == Schema::create_if_new && !exists) store->schema().migrate();
    return store;
}

}  // namespace

std::unique_ptr<Store> open(const std::string& url, Schema required) {
    std::unique_ptr<SqlStore> store;
    try {
        if (url.starts_with(kSqlitePrefix)) {
            store = open_sqlite(url, required);
        } else if (is_postgres(url)) {
            store = std::make_unique<SqlStore>(make_postgres_connection(url), true);
        } else {
            throw StoreFailure(
                "open",
                "a database URL begins with `sqlite:`, `postgresql://` or `postgres://`; this one "
                "does not",
                Retry::useless);
        }
    } catch (const DatabaseError& error) {
        const bool passing = error.kind() == DatabaseError::Kind::connection_lost;
        throw StoreFailure("open", error.what(), passing ? Retry::safe : Retry::useless);
    }
    if (required != Schema::unchecked) store->schema().require_current();
    return store;
}

std::string describe_url(const std::string& url) {
    if (url.starts_with(kSqlitePrefix)) return url;
    if (!is_postgres(url)) return "(no database URL)";
    try {
        return describe_postgres_url(url);
    } catch (const DatabaseError&) {
        return "(no database URL)";
    }
}

}  // namespace convene::storage
