// src/discord/wire/guild_permissions.h: what somebody may do, by Discord's own rules.
#pragma once
#include "discord/wire/objects.h"

namespace convene::discord {

inline constexpr Permissions kAllPermissions = ~Permissions{0};

/// Over the whole guild: @everyone and the member's roles; everything for owner and administrators.
[[nodiscard]] Permissions guild_permissions(const Guild& guild, const Member& member);

/// In one channel: overwrites of @everyone, then of roles, then of the member.
/// Without View Channel nothing is left; nor without Connect in a voice channel.
[[nodiscard]] Permissions channel_permissions(const Guild& guild, const Member& member,
                                              const Channel& channel);

}  // namespace convene::discord
