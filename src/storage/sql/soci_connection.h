// src/storage/sql/soci_connection.h: what both connections share over SOCI.
//
// Included by the three .cpp files that know SOCI, and by nothing else.
#pragma once
#include <soci/soci.h>

#include "storage/sql/connection.h"

namespace convene::storage {

class SociConnection : public Connection {
public:
    Rows select(const std::vector<std::string>& columns, const std::string& rest,
                const Params& params) override;
    std::int64_t execute(const std::string& sql, const Params& params) override;
    std::int64_t insert(const std::string& sql, const Params& params) override;

    void begin(TransactionMode mode) override;
    void commit() override;
    void rollback() noexcept override;

protected:
    /// The open session; opens it when it is not.
    virtual soci::session& session() = 0;
    [[nodiscard]] virtual std::string begin_statement(TransactionMode mode) const = 0;
    /// What a SOCI error means in this database.
    [[nodiscard]] virtual DatabaseError translate(const soci::soci_error& error) = 0;

private:
    bool in_transaction_ = false;
};

}  // namespace convene::storage
