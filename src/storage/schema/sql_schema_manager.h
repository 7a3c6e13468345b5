// src/storage/schema/sql_schema_manager.h: knows the schema's version and raises it.
#pragma once
#include "app/ports/cohort_store.h"
#include "storage/sql/connection.h"

namespace convene::storage {

class SqlSchemaManager : public SchemaManager {
public:
    /// \param exists  false for a SQLite file that is not there yet: its status is known without opening it
    SqlSchemaManager(Connection& connection, bool exists) : connection_(connection), exists_(exists) {}

    MigrationStatus status() override;
    std::vector<std::string> migrate() override;

    /// Stops at a version; status().latest for tests of upgrades is what migrate() goes to.
    std::vector<std::string> migrate_to(int version);

    /// \throws StoreFailure unless the schema is the one this program knows
    void require_current();

private:
    Connection& connection_;
    bool exists_;
};

}  // namespace convene::storage
