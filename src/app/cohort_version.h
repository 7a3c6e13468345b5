// src/app/cohort_version.h: a short name for what a cohort's rows say at some moment.
//
// Who edits hands back the version they looked at. When the rows say something else by then,
// nothing is written: nobody overwrites what they have not seen.
#pragma once
#include <string>

#include "app/cohort_snapshot.h"

namespace convene {

/// 16 hexadecimal digits: equal for equal snapshots, and for others different but for chance.
[[nodiscard]] std::string version_of(const CohortSnapshot& cohort);

}  // namespace convene
