// src/app/ports/database.h: everything that one open database offers.
#pragma once
#include "app/ports/cohort_store.h"
#include "app/ports/job_store.h"
#include "app/ports/realization_store.h"

namespace convene {

/// One open database. Its parts live as long as it does and belong to one thread.
class Database {
public:
    virtual ~Database() = default;
    [[nodiscard]] virtual CohortStore& cohorts() = 0;
    [[nodiscard]] virtual RealizationStore& realization() = 0;
    [[nodiscard]] virtual JobStore& jobs() = 0;
    [[nodiscard]] virtual SchemaManager& schema() = 0;
};

}  // namespace convene
