// src/sandbox/server/events.h: scheduled events, made and changed by request.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "sandbox/server/act.h"

namespace convene::sandbox {

/// The event, when the user can see it; 10070 or 50001 otherwise.
[[nodiscard]] Result<ScheduledEvent*> reach_event(World& world, const Act& act, Snowflake event_id);

/// POST /guilds/{id}/scheduled-events. CREATE_EVENTS, VIEW_CHANNEL and CONNECT
/// are asked for in the event's own channel.
[[nodiscard]] Result<Snowflake> create_event(World& world, const Act& act, const nlohmann::json& body);

/// PATCH /guilds/{id}/scheduled-events/{event_id}
[[nodiscard]] Result<Snowflake> update_event(World& world, const Act& act, Snowflake event_id,
                                             const nlohmann::json& body);

/// DELETE /guilds/{id}/scheduled-events/{event_id}
[[nodiscard]] Result<void> delete_event(World& world, const Act& act, Snowflake event_id);

}  // namespace convene::sandbox
