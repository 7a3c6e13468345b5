// src/storage/open_store.h: from a database URL to the ports that app needs.
//
// `sqlite:PATH`, `postgresql://…` or `postgres://…`. See docs/storage.md.
#pragma once
#include <memory>
#include <string>

#include "app/ports/cohort_store.h"
#include "app/ports/job_store.h"
#include "app/ports/realization_store.h"

namespace convene::storage {

/// What must be true of the schema before a store is handed out.
enum class Schema {
    current,        ///< refuse a database that is missing, older, newer or not convene's
    create_if_new,  ///< likewise, but a SQLite file that does not exist yet is created and migrated
    unchecked,      ///< for `db migrate` and `db status`: only schema() may be used
};

/// One connection and the ports over it. Belongs to one thread at a time; open another for another thread.
class Store {
public:
    virtual ~Store() = default;
    [[nodiscard]] virtual CohortStore& cohorts() = 0;
    [[nodiscard]] virtual RealizationStore& realizations() = 0;
    [[nodiscard]] virtual JobStore& jobs() = 0;
    [[nodiscard]] virtual SchemaManager& schema() = 0;
};

/// Opens nothing but what exists: a SQLite file appears by migrate() or Schema::create_if_new only.
/// \throws StoreFailure when the URL is not one, the database cannot be reached, or `required` does not
///         hold; it then says whether `convene db migrate` helps. Never names the password
[[nodiscard]] std::unique_ptr<Store> open(const std::string& url, Schema required = Schema::current);

/// The URL without its password, for people and logs; text that is no URL is not repeated.
[[nodiscard]] std::string describe_url(const std::string& url);

}  // namespace convene::storage
