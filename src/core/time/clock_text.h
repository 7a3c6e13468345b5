// src/core/time/clock_text.h: clock times as people write them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace convene {

/// `15:00`. The end of the day, 1440, is `24:00`.
[[nodiscard]] std::string clock_text(int minute_of_day);

/// The inverse: exactly two digits, colon, two digits, `00:00` … `24:00`.
[[nodiscard]] std::optional<int> parse_clock(std::string_view text) noexcept;

}  // namespace convene
