// src/sandbox/control/page.h: the server as one of its members sees it, to look at in a browser.
#pragma once
#include <string>

#include "sandbox/server/world.h"

namespace convene::sandbox {

/// An HTML page that shows what this user sees: channels in their categories,
/// messages, ephemeral answers to them, and scheduled events. It renews itself.
/// Nobody's eyes, user 0, offer the list of members only.
[[nodiscard]] std::string page_for(const World& world, Snowflake user_id, Instant now);

}  // namespace convene::sandbox
