#include "storage/sql/postgres_connection.h"

#include <soci/postgresql/soci-postgresql.h>

#include <map>

#include "storage/sql/soci_connection.h"

namespace convene::storage {
namespace {

using Kind = DatabaseError::Kind;

/// The parts of a URL as libpq understands them.
std::map<std::string, std::string> parse_url(const std::string& url) {
    // The error text would quote the URL, and with it the password.
    PQconninfoOption* options = PQconninfoParse(url.c_str(), nullptr);
    if (options == nullptr) {
        throw DatabaseError(Kind::other,
                            "the PostgreSQL URL cannot be read; its form is "
                            "postgresql://USER:PASSWORD@HOST:PORT/NAME, special characters as %XX");
    }
    std::map<std::string, std::string> parts;
    for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
        if (option->val != nullptr) parts[option->keyword] = option->val;
    }
    PQconninfoFree(options);
    return parts;
}

std::string to_conninfo(const std::map<std::string, std::string>& parts) {
    std::string conninfo;
    for (const auto& [key, value] : parts) {
        conninfo += key + "='";
        for (const char c : value) {
            if (c == '\'' || c == '\\') conninfo += '\\';
            conninfo += c;
        }
        conninfo += "' ";
    }
    return conninfo;
}

/// The first line, without the words SOCI puts before it: what follows may quote values of rows.
std::string first_line(std::string message) {
    if (const auto end = message.find('\n'); end != std::string::npos) message.erase(end);
    for (const std::string_view mark : {"ERROR:  ", "FATAL:  "}) {
        if (const auto at = message.find(mark); at != std::string::npos)
            return message.substr(at + mark.size());
    }
    return message;
}

Kind kind_of(const std::string& sqlstate) {
    if (sqlstate.starts_with("08") || sqlstate == "57P01" || sqlstate == "57P02" || sqlstate == "57P03") {
        return Kind::connection_lost;
    }
    if (sqlstate == "40001" || sqlstate == "40P01") return Kind::conflict;
    if (sqlstate == "55P03") return Kind::busy;
    return Kind::other;
}

/// Times in UTC and ISO form whatever the server is set to; a server that
/// acknowledges before it has written to disk is told to wait.
constexpr const char* kSessionSetup =
    "SET TIME ZONE 'UTC'; SET DateStyle = 'ISO, YMD'; SET client_min_messages = warning; SET lock_timeout = "
    "'30s';"
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = "
    "'off'";

class PostgresConnection : public SociConnection {
public:
    explicit PostgresConnection(std::map<std::string, std::string> parts) : parts_(std::move(parts)) {
        parts_.try_emplace("connect_timeout", "10");
        parts_.try_emplace("application_name", "convene");
        parts_["client_encoding"] = "UTF8";
        connect();
    }

    const Dialect& dialect() const override { return kPostgresql; }

    void script(const std::string& sql) override {
        PGconn* connection = handle();
        PGresult* result = PQexec(connection, sql.c_str());
        const ExecStatusType status = PQresultStatus(result);
        const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        const std::string sqlstate = state == nullptr ? "08000" : state;
        const std::string message = PQerrorMessage(connection);
        PQclear(result);
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
        throw DatabaseError(PQstatus(connection) == CONNECTION_OK ? kind_of(sqlstate) : Kind::connection_lost,
                            first_line(message));
    }

    void heal() override {
        if (!session_ || PQstatus(handle()) != CONNECTION_OK) connect();
    }

    void lock_until_commit(std::int64_t key) override {
        (void)select({"pg_advisory_xact_lock(:key)::text AS locked"}, "", {{"key", key}});
    }

    std::unique_ptr<CohortLock> try_lock(std::int64_t key, const std::string& label) override {
        // A connection of its own: the lock then lives exactly as long as its
        // holder, and two holders in one process exclude each other too.
        auto parts = parts_;
        parts["application_name"] = "convene " + label;
        auto holder = std::make_unique<PostgresConnection>(std::move(parts));
        const Rows rows = holder->select({"pg_try_advisory_lock(:key) AS locked"}, "", {{"key", key}});
        if (!rows.front().boolean_or("locked", false)) return nullptr;
        return std::make_unique<Lock>(std::move(holder), key);
    }

    bool is_locked(std::int64_t key) override {
        // A key of 64 bits is shown in two halves.
        return !select({"l.pid"},
                       "FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted "
                       "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
                       "AND (l.classid::bigint << 32) | l.objid::bigint = :key",
                       {{"key", key}})
                    .empty();
    }

protected:
    soci::session& session() override {
        if (!session_) connect();
        return *session_;
    }

    std::string begin_statement(TransactionMode mode) const override {
        return mode == TransactionMode::read ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                                             : "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    }

    DatabaseError translate(const soci::soci_error& error) override {
        const auto* pg_error = dynamic_cast<const soci::postgresql_soci_error*>(&error);
        const bool alive = session_ && PQstatus(handle()) == CONNECTION_OK;
        const Kind kind = !alive ? Kind::connection_lost
                                 : (pg_error != nullptr ? kind_of(pg_error->sqlstate()) : Kind::other);
        return DatabaseError(kind, first_line(error.get_error_message()));
    }

private:
    class Lock : public CohortLock {
    public:
        Lock(std::unique_ptr<PostgresConnection> holder, std::int64_t key)
            : holder_(std::move(holder)), key_(key) {}
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;
        ~Lock() override {
            try {
                // Closing would do, but only some time after this returns.
                (void)holder_->select({"pg_advisory_unlock(:key) AS unlocked"}, "", {{"key", key_}});
            } catch (const std::exception&) {
                // The connection is gone, and the lock with it.
            }
        }

    private:
        std::unique_ptr<PostgresConnection> holder_;
        std::int64_t key_;
    };

    // SOCI's library hides the type information that the sanitizer would compare.
    __attribute__((no_sanitize("vptr"))) PGconn* handle() {
        return static_cast<soci::postgresql_session_backend*>(session().get_backend())->conn_;
    }

    void connect() {
        session_.reset();
        try {
            session_ = std::make_unique<soci::session>(soci::postgresql, to_conninfo(parts_));
        } catch (const soci::soci_error& error) {
            std::string message = error.get_error_message();
            const auto password = parts_.find("password");
            if (password != parts_.end() && !password->second.empty()) {
                for (std::size_t at = message.find(password->second); at != std::string::npos;
                     at = message.find(password->second, at)) {
                    message.replace(at, password->second.size(), "***");
                    at += 3;
                }
            }
            // SOCI's own sentence comes first, on a line of its own.
            const auto line = message.find('\n');
            if (line != std::string::npos) message.erase(0, line + 1);
            throw DatabaseError(Kind::connection_lost, "cannot reach the server: " + first_line(message));
        }
        script(kSessionSetup);
    }

    std::map<std::string, std::string> parts_;
    std::unique_ptr<soci::session> session_;
};

}  // namespace

std::unique_ptr<Connection> make_postgres_connection(const std::string& url) {
    return std::make_unique<PostgresConnection>(parse_url(url));
}

std::string describe_postgres_url(const std::string& url) {
    const auto parts = parse_url(url);
    const auto part = [&](const char* key) {
        const auto found = parts.find(key);
        return found == parts.end() ? std::string() : found->second;
    };
    std::string text = "postgresql://";
    if (!part("user").empty()) text += part("user") + "@";
    text += part("host");
    if (!part("port").empty()) text += ":" + part("port");
    return text + "/" + part("dbname");
}

}  // namespace convene::storage
