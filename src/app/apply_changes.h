// src/app/apply_changes.h: what rows will say once changes are written.
//
// The same meaning as a store gives them (docs/storage.md), so that an edit can be judged
// before it is written, and undone.
#pragma once
#include "app/cohort_changes.h"

namespace convene {

/// Everything but new groups, whose keys only a store can give.
/// \throws std::invalid_argument when a change names a group or sign-up that the rows do not have
void apply_changes(const CohortChanges& changes, CohortSnapshot& rows);

/// The changes that bring back what `rows` say now. New groups have no inverse. A place that did not
/// exist before is left behind as `removed`: whoever had access once must be known by that.
[[nodiscard]] CohortChanges inverse_of(const CohortChanges& changes, const CohortSnapshot& rows);

}  // namespace convene
