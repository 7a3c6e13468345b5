// src/app/retimed_meetings.h: where a group's meetings go when its weekly time changes.
#pragma once
#include <optional>
#include <string_view>

#include "app/cohort_changes.h"
#include "app/weekly_time.h"

namespace convene {

/// Reads `Thursday 18:00`, and days shortened to three or more letters in any case: `thu 9:30`.
[[nodiscard]] std::optional<WeeklyStart> read_weekly_start(std::string_view text);

/// The group at a new weekly time, with all its meetings. Past ones (at or before `now`) stay. Before
/// the first meeting the others follow the weekly rule from the cohort's start date; later they move
/// to the nearest day with the new time. Breaks between them are kept. None moves into the past.
/// A forming group whose meetings are all over moves as one that has not met. Empty when those of an
/// active group are all over.
[[nodiscard]] std::optional<TimeChange> time_change(const CohortSnapshot& cohort, const GroupRow& group,
                                                    const WeeklyTime& to, const ZoneTable& zones,
                                                    Instant now);

}  // namespace convene
