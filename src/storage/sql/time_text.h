// src/storage/sql/time_text.h: dates and instants as databases spell them.
#pragma once
#include <optional>
#include <string_view>

#include "core/time/instant.h"

namespace convene::storage {

/// `2025-01-15`, whatever time may follow it.
[[nodiscard]] std::optional<Date> read_date(std::string_view text);

/// `2025-01-15T15:00:00Z`, and PostgreSQL's `2025-01-15 15:00:00.25+05:45`; without an offset it is UTC.
/// Seconds are cut.
[[nodiscard]] std::optional<Instant> read_instant(std::string_view text);

}  // namespace convene::storage
