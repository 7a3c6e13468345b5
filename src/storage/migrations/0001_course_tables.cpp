// The platform's tables: created, or completed where they exist (adoption).
#include <algorithm>

#include "storage/migrations/migrations.h"
#include "storage/schema/tables.h"

namespace convene::storage {
namespace {

// The column must be NOT NULL although rows exist, and a writer that does not
// know it yet must not be locked out. No UPDATE fills it: that would fire the
// platform's own triggers.
constexpr const char* kFillPostgresql = R"(
ALTER TABLE cohorts ADD COLUMN number_of_group_meetings INTEGER;
ALTER TABLE cohorts ALTER COLUMN number_of_group_meetings TYPE INTEGER
    USING greatest(1, round(coalesce(duration_days, 0) / 7.0))::integer;
ALTER TABLE cohorts ALTER COLUMN number_of_group_meetings SET NOT NULL;
CREATE FUNCTION convene_count_group_meetings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number_of_group_meetings := greatest(1, round(coalesce(NEW.duration_days, 0) / 7.0))::integer;
    RETURN NEW;
END $$;
CREATE TRIGGER convene_count_group_meetings BEFORE INSERT ON cohorts
    FOR EACH ROW WHEN (NEW.number_of_group_meetings IS NULL)
    EXECUTE FUNCTION convene_count_group_meetings();
)";

// SQLite asks for a default when it adds a NOT NULL column.
constexpr const char* kFillSqlite = R"(
ALTER TABLE cohorts ADD COLUMN number_of_group_meetings INTEGER NOT NULL DEFAULT 1;
UPDATE cohorts SET number_of_group_meetings = max(1, cast(round(coalesce(duration_days, 0) / 7.0) AS INTEGER));
)";

bool has_column(Connection& connection, std::string_view table, std::string_view column) {
    const auto columns = columns_of(connection, table);
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

void add_number_of_group_meetings(Connection& connection, Report& report) {
    if (!table_exists(connection, "cohorts") ||
        has_column(connection, "cohorts", "number_of_group_meetings")) {
        return;
    }
    if (!has_column(connection, "cohorts", "duration_days")) {
        connection.script("ALTER TABLE cohorts ADD COLUMN duration_days INTEGER");
        report.push_back("added column cohorts.duration_days");
    }
    const bool sqlite = connection.dialect().database == Database::sqlite;
    connection.script(sqlite ? kFillSqlite : kFillPostgresql);
    const Rows rows = connection.select({"count(*) AS cohorts"}, "FROM cohorts");
    report.push_back("added column cohorts.number_of_group_meetings, counted from duration_days for " +
                     rows.front().text("cohorts") + " cohorts");
}

}  // namespace

void migrate_0001_course_tables(Connection& connection, Report& report) {
    add_number_of_group_meetings(connection, report);
    for (const Table& table : course_tables()) create_or_complete(connection, table, report);
}

}  // namespace convene::storage
