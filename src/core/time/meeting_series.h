// src/core/time/meeting_series.h: from a weekly start to the real meetings.
#pragma once
#include <span>
#include <vector>

#include "core/time/weekly_start.h"
#include "core/time/zone.h"

namespace convene {

/// The instants of `count` weekly meetings: the first on the first day on or
/// after `start_date` that has the weekday (in the anchor zone), the others
/// whole weeks later by the anchor's calendar, so that after a clock change
/// the UTC time may move and the local time does not. Rising, `count` entries.
[[nodiscard]] std::vector<Instant> meeting_instants(const Zone& anchor, WeeklyStart start, Date start_date,
                                                    int count);

/// The same into `out`, whose size is the count: for callers that ask about very many starts.
void meeting_instants(const Zone& anchor, WeeklyStart start, Date start_date,
                      std::span<Instant> out) noexcept;

}  // namespace convene
