// src/sandbox/control/page_text.h: what people and bots wrote, as the page shows it.
#pragma once
#include <string>
#include <string_view>

#include "sandbox/server/world.h"

namespace convene::sandbox {

/// Fit for HTML, inside and outside of attributes.
[[nodiscard]] std::string escaped(std::string_view text);

/// Escaped, with mentions, times and **bold** as Discord shows them. Times are
/// in UTC: the page has no reader with a zone of their own.
[[nodiscard]] std::string shown_text(const World& world, std::string_view text);

/// The name under which the server knows somebody.
[[nodiscard]] std::string display_name(const World& world, Snowflake user_id);

/// Who wrote it, to whom, and all it says: text, embeds, buttons.
[[nodiscard]] std::string shown_message(const World& world, const Message& message);

/// "Wed 15 Jan 2025, 15:00"
[[nodiscard]] std::string shown_time(Instant instant);

}  // namespace convene::sandbox
