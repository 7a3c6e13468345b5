#include "storage/schema/sql_schema_manager.h"

#include "storage/migrations/migrations.h"
#include "storage/schema/tables.h"
#include "storage/sql/transactor.h"

namespace convene::storage {
namespace {

constexpr const char* kVersionTable = R"(
CREATE TABLE convene_migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at {instant} NOT NULL DEFAULT ({now})
)
)";

int latest_version() {
    return migrations().back().version;
}

int version_of(Connection& connection) {
    if (!table_exists(connection, "convene_migrations")) return 0;
    return connection.select({"max(version) AS version"}, "FROM convene_migrations")
        .front()
        .small_or("version", 0);
}

std::string too_new(int version) {
    return "its schema has version " + std::to_string(version) + ", this program knows versions up to " +
           std::to_string(latest_version()) + ": use a newer convene";
}

/// \returns false when there is nothing left to do up to `target`
bool apply_next(Connection& connection, int target, Report& report) {
    // Whoever comes second waits here and then finds the work done.
    connection.lock_until_commit(lock_key("schema"));
    const int version = version_of(connection);
    if (version > latest_version()) throw StoreFailure("migrate", too_new(version), Retry::useless);
    if (version >= target) return false;
    if (!table_exists(connection, "convene_migrations")) {
        connection.script(in_dialect(connection.dialect(), kVersionTable));
    }
    const Migration& next = migrations()[static_cast<std::size_t>(version)];
    next.apply(connection, report);
    connection.execute("INSERT INTO convene_migrations (version, name) VALUES (:version, :name)",
                       {{"version", next.version}, {"name", next.name}});
    return true;
}

}  // namespace

MigrationStatus SqlSchemaManager::status() {
    MigrationStatus status;
    status.latest = latest_version();
    if (exists_) {
        Transactor(connection_).run("status", TransactionMode::read, [&](Connection& connection) {
            status.version = version_of(connection);
            status.adoptable = status.version == 0 && table_exists(connection, "users") &&
                               table_exists(connection, "cohorts") &&
                               table_exists(connection, "courses_users");
        });
    }
    for (const Migration& migration : migrations()) {
        if (migration.version > status.version) {
            status.pending.push_back(std::to_string(migration.version) + " " + std::string(migration.name));
        }
    }
    return status;
}

std::vector<std::string> SqlSchemaManager::migrate() {
    return migrate_to(latest_version());
}

std::vector<std::string> SqlSchemaManager::migrate_to(int version) {
    std::vector<std::string> done;
    // Readers and a writer at once; the mode stays with the file. It cannot change inside a transaction.
    if (connection_.dialect().database == Database::sqlite) {
        try {
            connection_.script("PRAGMA journal_mode = WAL");
        } catch (const DatabaseError& error) {
            throw StoreFailure("migrate", error.what(), Retry::safe);
        }
    }
    for (bool more = true; more;) {
        Report report;
        Transactor(connection_).run("migrate", TransactionMode::write, [&](Connection& connection) {
            report.clear();
            more = apply_next(connection, version, report);
        });
        done.insert(done.end(), report.begin(), report.end());
    }
    exists_ = true;
    return done;
}

void SqlSchemaManager::require_current() {
    const MigrationStatus found = status();
    if (found.version == found.latest) return;
    if (found.version > found.latest) throw StoreFailure("open", too_new(found.version), Retry::useless);
    std::string what;
    if (!exists_) {
        what = "the database does not exist yet";
    } else if (found.version > 0) {
        what =
            "its schema has version " + std::to_string(found.version) + " of " + std::to_string(found.latest);
    } else if (found.adoptable) {
        what = "it holds a course platform's tables, but not convene's";
    } else {
        what = "it has no tables of convene";
    }
    const char* mend =
        exists_ ? ": run `convene db migrate`"
                : ": `convene import FILE` makes it and fills it, `convene db migrate` makes it empty";
    throw StoreFailure("open", what + mend, Retry::useless);
}

}  // namespace convene::storage
