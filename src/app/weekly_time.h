// src/app/weekly_time.h: when a group in the database meets.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/cohort_snapshot.h"
#include "core/time/weekly_start.h"
#include "core/time/zone_table.h"

namespace convene {

struct WeeklyTime {
    ZonePtr anchor;  ///< never null
    WeeklyStart start;
};

/// Of a group that convene made, its anchor's time; else the UTC text, whoever wrote it; else that of its
/// first meeting. Empty when none of them can be read.
[[nodiscard]] std::optional<WeeklyTime> weekly_time(const GroupRow& group, const ZoneTable& zones);

/// `Wednesday 15:00`, in UTC.
[[nodiscard]] std::string weekly_time_in_utc(Instant meeting);

}  // namespace convene
