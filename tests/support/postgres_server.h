// tests/support/postgres_server.h: a PostgreSQL of the test program's own.
//
// One temporary cluster per process on a free port of 127.0.0.1, started when
// first asked for. It stops and its directory goes when the process ends,
// however it ends: a watching shell sees the end of a pipe.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace convene::test {

/// The columns of a result as text, null as nullopt.
using SqlRow = std::vector<std::optional<std::string>>;

class PostgresServer {
public:
    /// The server of this process. \throws std::runtime_error when PostgreSQL is not installed or does not
    /// start
    static PostgresServer& shared();

    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    /// A database that nobody used before, equal to `template_name`. \returns its URL
    [[nodiscard]] std::string create_database(const std::string& template_name = "template0");

    /// The URL of a database of this server, existing or not.
    [[nodiscard]] std::string url_of(const std::string& database) const;

    [[nodiscard]] int port() const noexcept { return port_; }

private:
    PostgresServer();

    std::string directory_;
    int port_ = 0;
    int lifeline_ = -1;  ///< the watching shell stops the server when this closes
    int watcher_ = -1;
    int databases_ = 0;
};

/// Runs statements (several, divided by semicolons) by a connection of its own and gives the last result's
/// rows. \throws std::runtime_error with the server's words
std::vector<SqlRow> run_sql(const std::string& url, const std::string& sql);

/// The only value of the only row.
std::string sql_value(const std::string& url, const std::string& sql);

}  // namespace convene::test
