// src/storage/sql/postgres_connection.h: a PostgreSQL server.
#pragma once
#include <memory>
#include <string>

#include "storage/sql/connection.h"

namespace convene::storage {

/// Connects at once.
/// \throws DatabaseError without the password, whatever the server or the library says
[[nodiscard]] std::unique_ptr<Connection> make_postgres_connection(const std::string& url);

/// `postgresql://user@host:port/name`.
[[nodiscard]] std::string describe_postgres_url(const std::string& url);

}  // namespace convene::storage
