// src/core/time/fixed_offset.h: offsets that people write where a zone belongs.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/time/instant.h"

namespace convene {

/// Reads `UTC+05:45`, `UTC-5`, `GMT+5:30`, `UTC+0530`, `UTC00:00`, a space after
/// the letters allowed. Empty for anything else, plain `UTC` and `GMT` included, and for
/// offsets that no clock keeps (outside -12:00 … +14:00).
[[nodiscard]] std::optional<Minutes> parse_fixed_offset(std::string_view text) noexcept;

/// `UTC+05:45`: one spelling for each offset.
[[nodiscard]] std::string fixed_offset_name(Minutes offset);

}  // namespace convene
