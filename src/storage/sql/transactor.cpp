#include "storage/sql/transactor.h"

#include "app/failure.h"

namespace convene::storage {
namespace {

using Kind = DatabaseError::Kind;

constexpr int kAttempts = 3;

Retry retry_of(const DatabaseError& error) {
    return error.kind() == Kind::other ? Retry::useless : Retry::safe;
}

std::string message_of(const DatabaseError& error) {
    switch (error.kind()) {
        case Kind::busy:
            return "the database is busy with another writer (" + std::string(error.what()) + ")";
        case Kind::connection_lost:
            return "no connection to the database (" + std::string(error.what()) + ")";
        case Kind::conflict:
        case Kind::other:
            break;
    }
    return error.what();
}

}  // namespace

void Transactor::run(const std::string& operation, TransactionMode mode,
                     const std::function<void(Connection&)>& work) {
    for (int attempt = 1;; ++attempt) {
        heal(operation);
        try {
            connection_.begin(mode);
            work(connection_);
        } catch (const DatabaseError& error) {
            connection_.rollback();
            const bool passing = error.kind() == Kind::conflict || error.kind() == Kind::connection_lost;
            if (passing && attempt < kAttempts) continue;
            throw StoreFailure(operation, message_of(error), retry_of(error));
        } catch (const BadValue& error) {
            connection_.rollback();
            throw StoreFailure(operation, error.what(), Retry::useless);
        } catch (...) {
            connection_.rollback();
            throw;
        }
        try {
            connection_.commit();
            return;
        } catch (const DatabaseError& error) {
            connection_.rollback();
            if (error.kind() == Kind::connection_lost && mode == TransactionMode::write) {
                throw StoreFailure(
                    operation,
                    "the connection was lost while committing: whether it is written is not known; "
                    "look before you repeat it",
                    Retry::unknown);
            }
            const bool passing = error.kind() == Kind::conflict || error.kind() == Kind::connection_lost;
            if (passing && attempt < kAttempts) continue;
            throw StoreFailure(operation, message_of(error), retry_of(error));
        }
    }
}

void Transactor::heal(const std::string& operation) {
    try {
        connection_.heal();
    } catch (const DatabaseError& error) {
        throw StoreFailure(operation, message_of(error), retry_of(error));
    }
}

std::int64_t lock_key(std::string_view purpose, std::int64_t number) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : "convene " + std::string(purpose) + " " + std::to_string(number)) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return static_cast<std::int64_t>(hash);
}

}  // namespace convene::storage
