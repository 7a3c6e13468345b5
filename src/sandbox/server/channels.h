// src/sandbox/server/channels.h: making, changing, moving and deleting channels.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "sandbox/server/act.h"

namespace convene::sandbox {

/// POST /guilds/{id}/channels. Each call makes another channel, whatever its name.
[[nodiscard]] Result<Snowflake> create_channel(World& world, const Act& act, const nlohmann::json& body);

/// PATCH /channels/{id}
[[nodiscard]] Result<Snowflake> update_channel(World& world, const Act& act, Snowflake channel_id,
                                               const nlohmann::json& body);

/// DELETE /channels/{id}. A category leaves its channels behind without a
/// parent; a voice channel takes its events along. Returns what was deleted.
[[nodiscard]] Result<Channel> delete_channel(World& world, const Act& act, Snowflake channel_id);

/// PATCH /guilds/{id}/channels: positions, and the parent of one channel.
[[nodiscard]] Result<void> move_channels(World& world, const Act& act, const nlohmann::json& body);

}  // namespace convene::sandbox
