// src/cli/demo/sample_cohort.h: the cohort of the demo, built in from data/sample.cohort.json.
#pragma once
#include <string>
#include <string_view>

#include "core/time/instant.h"

namespace convene::cli {

/// As the file says, convene/cohort@1.
[[nodiscard]] std::string_view sample_cohort();

/// The same cohort, starting on the first Monday at least two weeks after `now`: events lie in the future.
[[nodiscard]] std::string sample_cohort_starting_after(Instant now);

}  // namespace convene::cli
