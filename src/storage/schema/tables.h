// src/storage/schema/tables.h: tables as data, so that what is missing can be
// told from what is there.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql/connection.h"

namespace convene::storage {

struct Column {
    std::string_view name;
    std::string_view type;  ///< SQL in the words of in_dialect(), or the name of an enum of EnumType
    std::string_view default_value = "";  ///< a constant; existing rows get it when the column is added
    std::string_view when_new =
        "";  ///< what else a new table says: NOT NULL, REFERENCES …, a computed default
};

struct Table {
    std::string_view name;
    std::vector<Column> columns;
    std::vector<std::string_view> indexes;  ///< statements, run for a new table only
};

/// Native in PostgreSQL, a CHECK in SQLite.
struct EnumType {
    std::string_view name;
    std::vector<std::string_view> words;
};

/// The platform's eight tables (schema of the course platform), parents first.
[[nodiscard]] const std::vector<Table>& course_tables();
[[nodiscard]] const std::vector<EnumType>& course_enums();

[[nodiscard]] bool table_exists(Connection& connection, std::string_view table);
/// Empty when there is no such table.
[[nodiscard]] std::vector<std::string> columns_of(Connection& connection, std::string_view table);

/// Creates the table, or adds to it the columns that it lacks, nullable. Touches nothing that exists.
/// \param report  gets one line for each thing done
void create_or_complete(Connection& connection, const Table& table, std::vector<std::string>& report);

}  // namespace convene::storage
