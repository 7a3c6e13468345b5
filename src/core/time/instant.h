// src/core/time/instant.h: points in time, as core knows them.
//
// Every time in core is a whole minute. An Instant is a point on the UTC time
// line; a LocalTime is what a clock on a wall shows, which only a Zone can
// turn into an Instant. A Date is a calendar day without a zone.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convene {

using Minutes = std::chrono::minutes;
using Instant = std::chrono::sys_time<Minutes>;
using LocalTime = std::chrono::local_time<Minutes>;
using Date = std::chrono::year_month_day;

/// `2025-01-15T15:00:00Z`: the only form in which an instant leaves the program.
[[nodiscard]] std::string to_iso8601(Instant instant);

/// `2025-01-15`.
[[nodiscard]] std::string to_string(Date date);

/// Reads the form that to_iso8601 writes, seconds `:00` only; empty for anything else.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text) noexcept;

/// Reads `2025-01-15`; empty for any other form and for days that no calendar has.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text) noexcept;

}  // namespace convene
