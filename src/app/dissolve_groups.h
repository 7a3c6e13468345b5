// src/app/dissolve_groups.h: making room for a better plan around what must stay.
#pragma once
#include <vector>

#include "app/cohort_changes.h"

namespace convene {

/// Forming groups that nothing holds end as `cancelled`, and their people look for a group again. What
/// holds one: a pin on it or on the place of anybody in it, or being one of `kept`.
[[nodiscard]] CohortChanges dissolve_free_groups(const CohortSnapshot& cohort,
                                                 const std::vector<GroupId>& kept);

}  // namespace convene
