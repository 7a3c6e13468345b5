// src/app/missed_meetings.h: where the first meeting alone has to fit, who will miss others.
#pragma once
#include <string>

#include "app/cohort_changes.h"
#include "core/time/zone_table.h"

namespace convene {

/// One sentence that names the meetings to come that `user` cannot attend once they are in the group as the
/// changes leave it. Empty when there is none, and with fit every-meeting, where the judge speaks.
[[nodiscard]] std::string missed_meetings(const CohortSnapshot& cohort, const CohortChanges& changes,
                                          GroupId group, UserId user, const ZoneTable& zones, Instant now);

}  // namespace convene
