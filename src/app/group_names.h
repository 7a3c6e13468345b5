// src/app/group_names.h: names for new groups of a cohort.
#pragma once
#include <string>
#include <vector>

#include "app/cohort_snapshot.h"

namespace convene {

/// `Group N` with the numbers after the highest that the cohort ever used, ended groups
/// included: their channels may still be there.
[[nodiscard]] std::vector<std::string> next_group_names(const CohortSnapshot& cohort, std::size_t count);

}  // namespace convene
