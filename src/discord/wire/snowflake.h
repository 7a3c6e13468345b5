// src/discord/wire/snowflake.h: Discord's ids: 64-bit numbers, as text, that tell their time.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/time/instant.h"

namespace convene::discord {

[[nodiscard]] bool is_snowflake(std::string_view text);

/// When the object was made, by Discord's clock. Empty when the text is no id.
[[nodiscard]] std::optional<Instant> made_at(std::string_view id);

/// An id that sorts before everything made at or after `instant`.
[[nodiscard]] std::string first_id_at(Instant instant);

/// Smaller means older.
[[nodiscard]] bool older(std::string_view left, std::string_view right);

}  // namespace convene::discord
