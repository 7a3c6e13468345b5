#include "sandbox/server/permissions.h"

#include <algorithm>

namespace convene::sandbox {
namespace {

void apply(Permissions& permissions, const Overwrite* overwrite) {
    if (overwrite == nullptr || !overwrite->effective) return;
    permissions &= ~overwrite->deny;
    permissions |= overwrite->allow;
}

Permissions with_overwrites(Permissions permissions, const World& world, const Member& member,
                            const Channel& channel) {
    apply(permissions, find_overwrite(channel, world.guild_id));

    // Roles are taken together, so one role's allow beats another role's deny.
    Permissions allow = 0;
    Permissions deny = 0;
    for (const Snowflake role_id : member.roles) {
        const Overwrite* overwrite = find_overwrite(channel, role_id);
        if (overwrite == nullptr || !overwrite->effective) continue;
        allow |= overwrite->allow;
        deny |= overwrite->deny;
    }
    permissions &= ~deny;
    permissions |= allow;

    apply(permissions, find_overwrite(channel, member.id));
    return permissions;
}

Permissions without_the_pointless(Permissions permissions, ChannelType type) {
    using namespace permission;
    if (!has_all(permissions, kViewChannel)) return 0;
    if (!has_all(permissions, kSendMessages)) permissions &= ~kNeedSendMessages;
    if (type == ChannelType::voice && !has_all(permissions, kConnect)) permissions &= ~kNeedConnect;
    return permissions;
}

}  // namespace

const Overwrite* find_overwrite(const Channel& channel, Snowflake id) {
    const auto found = std::find_if(channel.overwrites.begin(), channel.overwrites.end(),
                                    [id](const Overwrite& overwrite) { return overwrite.id == id; });
    return found == channel.overwrites.end() ? nullptr : &*found;
}

Permissions guild_permissions(const World& world, Snowflake user_id) {
    const auto member = world.members.find(user_id);
    if (member == world.members.end()) return 0;
    if (user_id == world.owner_id) return permission::kAll;
    Permissions permissions = 0;
    if (const auto everyone = world.roles.find(world.guild_id); everyone != world.roles.end()) {
        permissions |= everyone->second.permissions;
    }
    for (const Snowflake role_id : member->second.roles) {
        const auto role = world.roles.find(role_id);
        if (role != world.roles.end()) permissions |= role->second.permissions;
    }
    return has_all(permissions, permission::kAdministrator) ? permission::kAll : permissions;
}

Permissions channel_permissions(const World& world, Snowflake user_id, const Channel& channel) {
    const auto member = world.members.find(user_id);
    if (member == world.members.end()) return 0;
    const Permissions base = guild_permissions(world, user_id);
    if (has_all(base, permission::kAdministrator)) return base;
    const Permissions overwritten = with_overwrites(base, world, member->second, channel);
    return without_the_pointless(overwritten, channel.type);
}

}  // namespace convene::sandbox
