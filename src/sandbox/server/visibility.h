// src/sandbox/server/visibility.h: what a user can see at all.
#pragma once
#include <vector>

#include "sandbox/server/world.h"

namespace convene::sandbox {

/// A category can be seen when any channel in it can.
[[nodiscard]] bool can_view(const World& world, Snowflake user_id, const Channel& channel);

/// An event shows to those who can view its channel; an external one to every member.
[[nodiscard]] bool can_view(const World& world, Snowflake user_id, const ScheduledEvent& event);

/// In the order of ids, that is of creation.
[[nodiscard]] std::vector<const Channel*> visible_channels(const World& world, Snowflake user_id);
[[nodiscard]] std::vector<const ScheduledEvent*> visible_events(const World& world, Snowflake user_id);

}  // namespace convene::sandbox
