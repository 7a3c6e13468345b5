#include "discord/wire/guild_permissions.h"

#include <algorithm>

namespace convene::discord {
namespace {

bool has_role(const Member& member, const std::string& role_id) {
    return std::find(member.role_ids.begin(), member.role_ids.end(), role_id) != member.role_ids.end();
}

}  // namespace

Permissions guild_permissions(const Guild& guild, const Member& member) {
    if (member.user_id == guild.owner_id) return kAllPermissions;
    Permissions held = 0;
    for (const GuildRole& role : guild.roles) {
        if (role.id == guild.id || has_role(member, role.id)) held |= role.permissions;
    }
    return (held & permission::kAdministrator) != 0 ? kAllPermissions : held;
}

Permissions channel_permissions(const Guild& guild, const Member& member, const Channel& channel) {
    Permissions held = guild_permissions(guild, member);
    if (held == kAllPermissions) return held;
    if (const Overwrite* everyone = channel.overwrite(guild.id)) {
        held = (held & ~everyone->deny) | everyone->allow;
    }
    Permissions allow = 0;
    Permissions deny = 0;
    for (const Overwrite& overwrite : channel.overwrites) {
        if (overwrite.type != Overwrite::Type::role || !has_role(member, overwrite.id)) continue;
        allow |= overwrite.allow;
        deny |= overwrite.deny;
    }
    held = (held & ~deny) | allow;
    if (const Overwrite* own = channel.overwrite(member.user_id)) held = (held & ~own->deny) | own->allow;
    if ((held & permission::kViewChannel) == 0) return 0;
    if (channel.type == ChannelType::voice && (held & permission::kConnect) == 0) {
        return permission::kViewChannel;
    }
    return held;
}

}  // namespace convene::discord
