#include "storage/sql/sqlite_connection.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>

#include "storage/sql/soci_connection.h"

namespace convene::storage {
namespace {

constexpr int kBusy = 5;  // SQLITE_BUSY

class SqliteConnection : public SociConnection {
public:
    SqliteConnection(std::string path, bool may_create) : path_(std::move(path)), may_create_(may_create) {}

    const Dialect& dialect() const override { return kSqlite; }

    void script(const std::string& sql) override { run(handle(), sql); }

    void heal() override {}

    /// BEGIN IMMEDIATE already keeps every other writer out.
    void lock_until_commit(std::int64_t) override {}

    std::unique_ptr<CohortLock> try_lock(std::int64_t key, const std::string&) override {
        return try_lock_file(path_ + "-locks", key);
    }

    bool is_locked(std::int64_t key) override { return is_file_locked(path_ + "-locks", key); }

protected:
    soci::session& session() override {
        if (session_) return *session_;
        if (!may_create_ && !std::filesystem::exists(path_)) {
            throw DatabaseError(DatabaseError::Kind::other, "there is no database file `" + path_ + "`");
        }
        try {
            auto session =
                std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + path_ + "\" timeout=10");
            run(handle_of(*session), "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;");
            session_ = std::move(session);
        } catch (const soci::soci_error& error) {
            throw DatabaseError(DatabaseError::Kind::other,
                                "cannot open `" + path_ + "`: " + error.get_error_message());
        }
        return *session_;
    }

    std::string begin_statement(TransactionMode mode) const override {
        return mode == TransactionMode::read ? "BEGIN" : "BEGIN IMMEDIATE";
    }

    DatabaseError translate(const soci::soci_error& error) override {
        const auto* sqlite_error = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        const bool busy = sqlite_error != nullptr && (sqlite_error->result() & 0xff) == kBusy;
        return DatabaseError(busy ? DatabaseError::Kind::busy : DatabaseError::Kind::other,
                             error.get_error_message());
    }

private:
    // SOCI's library hides the type information that the sanitizer would compare.
    __attribute__((no_sanitize("vptr"))) static sqlite_api::sqlite3* handle_of(soci::session& session) {
        return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
    }
    sqlite_api::sqlite3* handle() { return handle_of(session()); }

    /// SOCI runs only the first statement of several; SQLite's own call runs all.
    static void run(sqlite_api::sqlite3* handle, const std::string& sql) {
        const int result = sqlite_api::sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
        if (result == 0) return;
        throw DatabaseError((result & 0xff) == kBusy ? DatabaseError::Kind::busy : DatabaseError::Kind::other,
                            sqlite_api::sqlite3_errmsg(handle));
    }

    std::string path_;
    bool may_create_;
    std::unique_ptr<soci::session> session_;
};

}  // namespace

std::unique_ptr<Connection> make_sqlite_connection(const std::string& path, bool may_create) {
    return std::make_unique<SqliteConnection>(path, may_create);
}

}  // namespace convene::storage
