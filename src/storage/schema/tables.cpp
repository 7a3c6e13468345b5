#include "storage/schema/tables.h"

#include <algorithm>

namespace convene::storage {
namespace {

const EnumType* find_enum(std::string_view type) {
    for (const EnumType& candidate : course_enums()) {
        if (candidate.name == type) return &candidate;
    }
    return nullptr;
}

std::string quoted_words(const EnumType& type) {
    std::string list;
    for (const std::string_view word : type.words) {
        if (!list.empty()) list += ", ";
        list += "'" + std::string(word) + "'";
    }
    return list;
}

/// An enum type that exists is used as it is.
void ensure_enum(Connection& connection, const EnumType& type, std::vector<std::string>& report) {
    if (connection.dialect().database == Database::sqlite) return;
    const Rows found = connection.select({"to_regtype(:name)::text AS found"}, "", {{"name", type.name}});
    if (!found.front().is_null("found")) return;
    connection.script("CREATE TYPE " + std::string(type.name) + " AS ENUM (" + quoted_words(type) + ")");
    report.push_back("created type " + std::string(type.name));
}

std::string type_of(const Dialect& dialect, const Column& column) {
    const EnumType* type = find_enum(column.type);
    if (type == nullptr) return in_dialect(dialect, column.type);
    if (dialect.database == Database::postgresql) return std::string(type->name);
    return "TEXT CHECK (" + std::string(column.name) + " IN (" + quoted_words(*type) + "))";
}

std::string definition(const Dialect& dialect, const Column& column, bool in_new_table) {
    std::string text = std::string(column.name) + " " + type_of(dialect, column);
    if (!column.default_value.empty()) text += " DEFAULT " + in_dialect(dialect, column.default_value);
    if (in_new_table && !column.when_new.empty()) text += " " + in_dialect(dialect, column.when_new);
    return text;
}

void create(Connection& connection, const Table& table, std::vector<std::string>& report) {
    std::string sql = "CREATE TABLE " + std::string(table.name) + " (";
    for (const Column& column : table.columns) {
        if (&column != &table.columns.front()) sql += ", ";
        sql += definition(connection.dialect(), column, true);
    }
    connection.script(sql + ")");
    for (const std::string_view index : table.indexes) connection.script(std::string(index));
    report.push_back("created table " + std::string(table.name));
}

}  // namespace

std::vector<std::string> columns_of(Connection& connection, std::string_view table) {
    const std::string name(table);
    const Rows rows =
        connection.dialect().database == Database::sqlite
            ? connection.select({"name"}, "FROM pragma_table_info(:name)", {{"name", name}})
            // to_regclass looks where unqualified names in statements look.
            : connection.select(
                  {"attname AS name"},
                  "FROM pg_attribute WHERE attrelid = to_regclass(:name) AND attnum > 0 AND NOT "
                  "attisdropped ORDER BY attnum",
                  {{"name", name}});
    std::vector<std::string> columns;
    for (const Row& row : rows) columns.push_back(row.text("name"));
    return columns;
}

bool table_exists(Connection& connection, std::string_view table) {
    return !columns_of(connection, table).empty();
}

void create_or_complete(Connection& connection, const Table& table, std::vector<std::string>& report) {
    const std::vector<std::string> existing = columns_of(connection, table.name);
    const auto missing = [&](const Column& column) {
        return std::find(existing.begin(), existing.end(), column.name) == existing.end();
    };
    for (const Column& column : table.columns) {
        if (const EnumType* type = find_enum(column.type); type != nullptr && missing(column)) {
            ensure_enum(connection, *type, report);
        }
    }
    if (existing.empty()) return create(connection, table, report);
    for (const Column& column : table.columns) {
        if (!missing(column)) continue;
        connection.script("ALTER TABLE " + std::string(table.name) + " ADD COLUMN " +
                          definition(connection.dialect(), column, false));
        report.push_back("added column " + std::string(table.name) + "." + std::string(column.name));
    }
}

}  // namespace convene::storage
