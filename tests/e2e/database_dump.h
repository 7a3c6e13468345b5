// tests/e2e/database_dump.h: everything a database holds, as one text to compare.
#pragma once
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/postgres_server.h"

namespace convene::test {

inline std::vector<std::string> sqlite_rows(const std::string& file, const std::string& sql) {
    sqlite3* handle = nullptr;
    std::vector<std::string> rows;
    const auto add = +[](void* target, int columns, char** values, char**) {
        std::string row;
        for (int i = 0; i < columns; ++i) row += std::string(values[i] == nullptr ? "null" : values[i]) + '|';
        static_cast<std::vector<std::string>*>(target)->push_back(row);
        return 0;
    };
    const bool good = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
                      sqlite3_busy_timeout(handle, 5000) == SQLITE_OK &&
                      sqlite3_exec(handle, sql.c_str(), add, &rows, nullptr) == SQLITE_OK;
    const std::string message = good ? "" : sqlite3_errmsg(handle);
    sqlite3_close(handle);
    if (!good) throw std::runtime_error(file + ": " + message);
    return rows;
}

/// Rows of a query on either kind of database, columns divided by `|`.
inline std::vector<std::string> rows_of(const std::string& url, const std::string& sql) {
    if (url.starts_with("sqlite:")) return sqlite_rows(url.substr(7), sql);
    std::vector<std::string> rows;
    for (const SqlRow& row : run_sql(url, sql)) {
        std::string text;
        for (const auto& value : row) text += value.value_or("null") + '|';
        rows.push_back(text);
    }
    return rows;
}

/// Every row of every table, or of all but one; empty for a SQLite file that does not exist.
inline std::string dump(const std::string& url, const std::string& left_out = "") {
    const bool sqlite = url.starts_with("sqlite:");
    if (sqlite && !std::filesystem::exists(url.substr(7))) return "";
    std::string text;
    const auto tables = rows_of(
        url,
        sqlite ? "select name from sqlite_master where type = 'table' order by 1"
               : "select table_name from information_schema.tables where table_schema = 'public' order by 1");
    for (std::string table : tables) {
        table.pop_back();
        if (table == left_out) continue;
        std::vector<std::string> rows = rows_of(url, "select * from \"" + table + '"');
        std::sort(rows.begin(), rows.end());
        text += "== " + table + '\n';
        for (const std::string& row : rows) text += row + '\n';
    }
    return text;
}

}  // namespace convene::test
