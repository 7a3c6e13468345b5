// src/sandbox/control/page.h: the server as one of its members sees it.
#pragma once
#include <string>

#include "sandbox/server/world.h"

namespace convene::sandbox {

struct Look {
    Snowflake user_id = 0;     ///< whose eyes; of no member: the page asks
    Snowflake channel_id = 0;  ///< the open channel; 0 for the one with the latest message
};

/// A whole HTML page: channels, the messages of one of them with those that
/// only this user sees, events. It keeps itself up to date.
[[nodiscard]] std::string page_for(const World& world, const Look& look, Instant now);

}  // namespace convene::sandbox
