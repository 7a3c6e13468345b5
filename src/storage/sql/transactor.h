// src/storage/sql/transactor.h: runs a piece of work as one transaction.
#pragma once
#include <functional>
#include <string>

#include "storage/sql/connection.h"

namespace convene::storage {

/// Turns what may go wrong into StoreFailure, and repeats the work where that
/// is harmless: when the server rolled it back for another transaction's sake,
/// or the connection was lost before COMMIT was sent.
class Transactor {
public:
    explicit Transactor(Connection& connection) : connection_(connection) {}

    /// \param operation  names the work in errors: the method's name
    /// \param work       may run more than once: it must start from nothing each time
    /// \throws StoreFailure; retry() is unknown when the connection was lost during COMMIT
    void run(const std::string& operation, TransactionMode mode,
             const std::function<void(Connection&)>& work);

private:
    void heal(const std::string& operation);

    Connection& connection_;
};

/// A key for advisory locks, the same in every process: 64 bits of FNV-1a.
[[nodiscard]] std::int64_t lock_key(std::string_view purpose, std::int64_t number = 0);

}  // namespace convene::storage
