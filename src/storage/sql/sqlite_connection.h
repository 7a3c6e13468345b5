// src/storage/sql/sqlite_connection.h: a SQLite file.
#pragma once
#include <memory>
#include <string>

#include "storage/sql/connection.h"

namespace convene::storage {

/// Opened on first use, and only when the file exists or `may_create`.
[[nodiscard]] std::unique_ptr<Connection> make_sqlite_connection(const std::string& path, bool may_create);

/// Null when somebody holds `key` of the side file `lock_path`, which is created when missing and never
/// deleted. The kernel drops the lock with the last copy of the descriptor, however the process ends.
[[nodiscard]] std::unique_ptr<CohortLock> try_lock_file(const std::string& lock_path, std::int64_t key);
/// False too when there is no such file yet.
[[nodiscard]] bool is_file_locked(const std::string& lock_path, std::int64_t key);

}  // namespace convene::storage
