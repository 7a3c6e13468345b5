// src/core/time/attendance.h: can this person be at that meeting?
#pragma once
#include <vector>

#include "core/time/instant.h"
#include "core/time/weekly_set.h"
#include "core/time/zone.h"

namespace convene {

/// True when a person with these weekly local hours is free for all of
/// [start, start + minutes): at each minute of the meeting, the time that a
/// clock in `zone` shows then lies in `hours`. Clock changes during the meeting
/// are followed minute by minute (docs/time.md).
[[nodiscard]] bool is_free(const Zone& zone, const WeeklySet& hours, Instant start, int minutes);

/// The stretches of local week that [start, start + minutes) covers on the
/// clocks of `zone`: one window, or two or more when a clock change falls into the
/// meeting. is_free is true exactly when the hours contain all of them.
/// \param minutes  1…kMinutesPerWeek
[[nodiscard]] std::vector<WeeklyWindow> local_windows(const Zone& zone, Instant start, int minutes);

/// Appends to `windows` those of local_windows() that it does not hold yet: what a
/// whole series of meetings asks of a person, most weeks asking the same.
void add_local_windows(std::vector<WeeklyWindow>& windows, const Zone& zone, Instant start, int minutes);

}  // namespace convene
