#include "sandbox/server/act.h"

#include "sandbox/server/permissions.h"
#include "sandbox/server/visibility.h"

namespace convene::sandbox {

Result<Channel*> reach_channel(World& world, const Act& act, Snowflake channel_id, Permissions needed) {
    const auto found = world.channels.find(channel_id);
    if (found == world.channels.end()) return refuse::unknown_channel();
    Channel& channel = found->second;
    if (!can_view(world, act.user_id, channel)) {
        const bool changes_voice = channel.type == ChannelType::voice && needed != 0;
        if (changes_voice) return refuse::missing_permissions();
        return refuse::missing_access();
    }
    const Permissions held = channel_permissions(world, act.user_id, channel);
    if (has_all(held, needed)) return &channel;
    if (channel.type == ChannelType::voice && !has_all(held, permission::kConnect))
        return refuse::missing_access();
    return refuse::missing_permissions();
}

Result<void> require_in_guild(const World& world, const Act& act, Permissions needed) {
    if (!has_all(guild_permissions(world, act.user_id), needed)) return refuse::missing_permissions();
    return {};
}

void record(World& world, const Act& act, AuditAction action, Snowflake target_id) {
    AuditEntry entry;
    entry.id = world.ids.next(act.now);
    entry.action = action;
    entry.user_id = act.user_id;
    entry.target_id = target_id;
    entry.reason = act.reason;
    world.note(Kind::audit, entry.id);
    world.audit_log.emplace(entry.id, std::move(entry));
}

}  // namespace convene::sandbox
