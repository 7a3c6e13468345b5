// src/storage/sql/connection.h: one database connection, SQLite or PostgreSQL.
//
// Statements are the same text for both: named parameters `:name`, RETURNING,
// ON CONFLICT. What differs is behind dialect() or a method here.
#pragma once
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/ports/cohort_store.h"
#include "storage/sql/dialect.h"
#include "storage/sql/value.h"

namespace convene::storage {

/// The database refused or vanished. what() is one line without values of rows.
class DatabaseError : public std::runtime_error {
public:
    enum class Kind {
        connection_lost,
        conflict,  ///< rolled back for another's sake (serialization, deadlock): worth repeating
        busy,      ///< waited long enough for a lock
        other,
    };
    DatabaseError(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
    [[nodiscard]] Kind kind() const noexcept { return kind_; }

private:
    Kind kind_;
};

enum class TransactionMode {
    read,   ///< one consistent view from first to last statement
    write,  ///< each statement sees what is committed by then; SQLite: no other writer
};

/// Every call may throw DatabaseError.
class Connection {
public:
    virtual ~Connection() = default;

    [[nodiscard]] virtual const Dialect& dialect() const = 0;

    /// `SELECT columns… rest`. A column is an expression, named by what follows its last `AS ` or dot.
    [[nodiscard]] virtual Rows select(const std::vector<std::string>& columns, const std::string& rest,
                                      const Params& params = {}) = 0;
    /// \returns how many rows it changed
    virtual std::int64_t execute(const std::string& sql, const Params& params = {}) = 0;
    /// An `INSERT … RETURNING key`. \returns the key
    [[nodiscard]] virtual std::int64_t insert(const std::string& sql, const Params& params = {}) = 0;
    /// Several statements without parameters.
    virtual void script(const std::string& sql) = 0;

    virtual void begin(TransactionMode mode) = 0;
    /// \throws DatabaseError; with connection_lost nobody knows whether it happened
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;

    /// Connects anew when the last error cost the connection.
    virtual void heal() = 0;

    /// Inside a write transaction: waits until no other holds `key`, then holds it to the end.
    virtual void lock_until_commit(std::int64_t key) = 0;
    /// Apart from any transaction; null when anyone else, this process included, holds `key`.
    [[nodiscard]] virtual std::unique_ptr<CohortLock> try_lock(std::int64_t key,
                                                               const std::string& label) = 0;
    /// Whether anyone holds `key`. Takes nothing.
    [[nodiscard]] virtual bool is_locked(std::int64_t key) = 0;
};

}  // namespace convene::storage
