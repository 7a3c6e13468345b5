// src/sandbox/server/instant.h: points in time as Discord writes them.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convene::sandbox {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// "2025-01-15T15:00:00+00:00"; six decimals when there is a fraction. Discord
/// answers like this whatever form the request had.
[[nodiscard]] std::string to_iso(Instant instant);

/// Reads "2025-01-15T15:00:00Z", with optional seconds and fraction and an
/// offset "Z" or "+05:45". Nothing without an offset, nothing with trailing text.
[[nodiscard]] std::optional<Instant> parse_iso(std::string_view text);

/// Milliseconds since 1970, the form the state file keeps.
[[nodiscard]] inline long long to_millis(Instant instant) {
    return instant.time_since_epoch().count();
}
[[nodiscard]] inline Instant from_millis(long long millis) {
    return Instant(std::chrono::milliseconds(millis));
}

}  // namespace convene::sandbox
