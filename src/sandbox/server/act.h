// src/sandbox/server/act.h: who does something, when, and why.
#pragma once
#include <string>

#include "sandbox/server/discord_error.h"
#include "sandbox/server/world.h"

namespace convene::sandbox {

struct Act {
    Snowflake user_id = 0;
    Instant now{};
    std::string reason;  ///< X-Audit-Log-Reason, decoded
};

/// The channel, when the user can see it and holds `needed` in it. Otherwise
/// 10003, 50001 or 50013, as Discord chooses between them.
[[nodiscard]] Result<Channel*> reach_channel(World& world, const Act& act, Snowflake channel_id,
                                             Permissions needed = 0);

/// Nothing, or 50013 when the user lacks `needed` in the guild as a whole.
[[nodiscard]] Result<void> require_in_guild(const World& world, const Act& act, Permissions needed);

/// Writes a line into the audit log.
void record(World& world, const Act& act, AuditAction action, Snowflake target_id);

}  // namespace convene::sandbox
