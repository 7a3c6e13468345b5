#include "storage/sql/soci_connection.h"

#include <deque>

namespace convene::storage {
namespace {

/// Storage for parameters that stays put while a statement refers to it.
class Bindings {
public:
    Bindings(soci::statement& statement, const Params& params) {
        for (const Param& param : params) {
            if (const auto* number = std::get_if<std::int64_t>(&param.value)) {
                numbers_.push_back(*number);
                statement.exchange(soci::use(numbers_.back(), param.name));
                continue;
            }
            const auto* text = std::get_if<std::string>(&param.value);
            // SOCI cuts text at a NUL: refuse rather than store half of it.
            if (text != nullptr && text->find('\0') != std::string::npos) {
                throw DatabaseError(DatabaseError::Kind::other,
                                    "text for `" + param.name + "` has a NUL character in it");
            }
            texts_.push_back(text != nullptr ? *text : std::string());
            indicators_.push_back(text != nullptr ? soci::i_ok : soci::i_null);
            statement.exchange(soci::use(texts_.back(), indicators_.back(), param.name));
        }
    }

private:
    std::deque<long long> numbers_;
    std::deque<std::string> texts_;
    std::deque<soci::indicator> indicators_;
};

void prepare(soci::statement& statement, const std::string& sql) {
    statement.alloc();
    statement.prepare(sql, soci::details::st_one_time_query);
    statement.define_and_bind();
}

/// `max(x) AS most` is most, `g.group_id` is group_id.
std::string name_of(const std::string& column) {
    if (const auto as = column.rfind(" AS "); as != std::string::npos) return column.substr(as + 4);
    return column.substr(column.rfind('.') + 1);
}

}  // namespace

Rows SociConnection::select(const std::vector<std::string>& columns, const std::string& rest,
                            const Params& params) {
    std::string sql = "SELECT ";
    auto names = std::make_shared<Row::Names>();
    for (const std::string& column : columns) {
        if (!names->empty()) sql += ", ";
        sql += column;
        names->push_back(name_of(column));
    }
    sql += " " + rest;
    try {
        soci::statement statement(session());
        std::vector<std::string> values(columns.size());
        std::vector<soci::indicator> indicators(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            statement.exchange(soci::into(values[i], indicators[i]));
        }
        const Bindings bindings(statement, params);
        prepare(statement, sql);
        Rows rows;
        for (bool got = statement.execute(true); got; got = statement.fetch()) {
            std::vector<std::optional<std::string>> row(columns.size());
            for (std::size_t i = 0; i < columns.size(); ++i) {
                if (indicators[i] == soci::i_ok) row[i] = values[i];
            }
            rows.emplace_back(names, std::move(row));
        }
        return rows;
    } catch (const soci::soci_error& error) {
        throw translate(error);
    }
}

std::int64_t SociConnection::execute(const std::string& sql, const Params& params) {
    try {
        soci::statement statement(session());
        const Bindings bindings(statement, params);
        prepare(statement, sql);
        statement.execute(true);
        return statement.get_affected_rows();
    } catch (const soci::soci_error& error) {
        throw translate(error);
    }
}

std::int64_t SociConnection::insert(const std::string& sql, const Params& params) {
    try {
        soci::statement statement(session());
        long long key = 0;
        statement.exchange(soci::into(key));
        const Bindings bindings(statement, params);
        prepare(statement, sql);
        if (!statement.execute(true)) {
            throw DatabaseError(DatabaseError::Kind::other, "an INSERT gave no key back");
        }
        // SQLite finishes a RETURNING statement only when it is read to its end.
        while (statement.fetch()) {
        }
        return key;
    } catch (const soci::soci_error& error) {
        throw translate(error);
    }
}

void SociConnection::begin(TransactionMode mode) {
    script(begin_statement(mode));
    in_transaction_ = true;
}

void SociConnection::commit() {
    script("COMMIT");
    in_transaction_ = false;
}

void SociConnection::rollback() noexcept {
    if (!in_transaction_) return;
    in_transaction_ = false;
    try {
        script("ROLLBACK");
    } catch (const DatabaseError&) {
        // The connection is gone or SQLite has rolled back itself: either way nothing stays.
    }
}

}  // namespace convene::storage
