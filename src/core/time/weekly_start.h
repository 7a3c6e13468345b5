// src/core/time/weekly_start.h: when a group meets, as a weekday and a clock time.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/time/clock_text.h"
#include "core/time/weekly_window.h"

namespace convene {

/// A weekday and a clock time in some anchor zone. A plain value.
struct WeeklyStart {
    int minute_of_week = 0;  ///< 0 is Monday 00:00 in the anchor zone, < kMinutesPerWeek

    /// 0 is Monday, 6 is Sunday.
    [[nodiscard]] int weekday() const noexcept { return minute_of_week / kMinutesPerDay; }
    /// Minutes after midnight.
    [[nodiscard]] int minute_of_day() const noexcept { return minute_of_week % kMinutesPerDay; }

    friend auto operator<=>(const WeeklyStart&, const WeeklyStart&) = default;
};

/// `Monday` for 0 … `Sunday` for 6.
[[nodiscard]] std::string_view weekday_name(int weekday) noexcept;
/// The inverse of weekday_name; exact spelling.
[[nodiscard]] std::optional<int> weekday_from_name(std::string_view name) noexcept;

/// `Wednesday 15:00`.
[[nodiscard]] std::string to_string(WeeklyStart start);
/// Reads `Wednesday 15:00`, and the long forms `Wednesday 15:00-16:00`,
/// `Wednesday 15:00 - 16:00`, `Sunday 23:30 - Monday 00:30`, whose end is ignored.
[[nodiscard]] std::optional<WeeklyStart> parse_weekly_start(std::string_view text);

}  // namespace convene
