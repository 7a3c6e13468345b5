// src/app/import_cohort.h: a cohort file into the database, whole or not at all.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "app/ports/cohort_store.h"
#include "core/model/input_fault.h"
#include "core/time/zone_table.h"

namespace convene {

struct ImportOptions {
    /// Id or name of the cohort to import into; empty: the one that the file names. An unknown name
    /// makes a new cohort of that name, an unknown id is a fault.
    std::optional<std::string> cohort;
};

struct ImportOutcome {
    ImportReport report;
    std::string cohort_name;
    int people = 0;
    InputFaults warnings;  ///< unknown keys, zones without clock changes
};

/// Strict: any fault, and nothing is written; all faults come back at once.
[[nodiscard]] tl::expected<ImportOutcome, InputFaults> import_cohort_file(CohortStore& store,
                                                                          const ZoneTable& zones,
                                                                          std::string_view text,
                                                                          const ImportOptions& options = {});

}  // namespace convene
