// src/app/cohort_json.h: a cohort with its counts as JSON, for the command line and the board.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "app/records.h"

namespace convene {

[[nodiscard]] nlohmann::ordered_json to_json(const CohortSummary& cohort);

}  // namespace convene
