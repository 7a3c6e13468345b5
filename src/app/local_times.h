// src/app/local_times.h: a group's meetings on one member's clock, in words.
#pragma once
#include <string>
#include <vector>

#include "core/time/instant.h"
#include "core/time/zone_table.h"

namespace convene {

/// When the meetings are on a member's own clock: `Wednesday 10:00`, and where
/// a clock change moves it, `Wednesday 10:00, from 12 March 11:00`. Empty for an unknown zone.
[[nodiscard]] std::string local_times(const std::vector<Instant>& meetings, const std::string& timezone,
                                      const ZoneTable& zones);

}  // namespace convene
