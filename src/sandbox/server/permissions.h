// src/sandbox/server/permissions.h: who may do what (Discord docs, "Permissions").
#pragma once
#include "sandbox/server/world.h"

namespace convene::sandbox {

/// @everyone's and the member's roles' permissions together. Everything for the
/// owner and for administrators; nothing for someone who is not a member.
[[nodiscard]] Permissions guild_permissions(const World& world, Snowflake user_id);

/// What is left of them in one channel: overwrites for @everyone, then for all
/// roles at once, then for the member; each denies first and allows after.
/// Implicit rules included: no VIEW_CHANNEL, nothing; no SEND_MESSAGES, no
/// embeds and the like; no CONNECT, no management of a voice channel.
[[nodiscard]] Permissions channel_permissions(const World& world, Snowflake user_id, const Channel& channel);

[[nodiscard]] inline bool has_all(Permissions held, Permissions wanted) {
    return (held & wanted) == wanted;
}

[[nodiscard]] const Overwrite* find_overwrite(const Channel& channel, Snowflake id);

}  // namespace convene::sandbox
