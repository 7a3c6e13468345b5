#include "sandbox/server/visibility.h"

#include <algorithm>

#include "sandbox/server/permissions.h"

namespace convene::sandbox {
namespace {
bool holds_view(const World& world, Snowflake user_id, const Channel& channel) {
    return has_all(channel_permissions(world, user_id, channel), permission::kViewChannel);
}
}  // namespace

bool can_view(const World& world, Snowflake user_id, const Channel& channel) {
    if (holds_view(world, user_id, channel)) return true;
    if (channel.type != ChannelType::category) return false;
    return std::any_of(world.channels.begin(), world.channels.end(), [&](const auto& entry) {
        return entry.second.parent_id == channel.id && holds_view(world, user_id, entry.second);
    });
}

bool can_view(const World& world, Snowflake user_id, const ScheduledEvent& event) {
    if (!world.members.contains(user_id)) return false;
    if (!event.channel_id) return true;
    const auto channel = world.channels.find(*event.channel_id);
    return channel != world.channels.end() && holds_view(world, user_id, channel->second);
}

std::vector<const Channel*> visible_channels(const World& world, Snowflake user_id) {
    std::vector<const Channel*> visible;
    for (const auto& [id, channel] : world.channels) {
        if (can_view(world, user_id, channel)) visible.push_back(&channel);
    }
    return visible;
}

std::vector<const ScheduledEvent*> visible_events(const World& world, Snowflake user_id) {
    std::vector<const ScheduledEvent*> visible;
    for (const auto& [id, event] : world.events) {
        if (can_view(world, user_id, event)) visible.push_back(&event);
    }
    return visible;
}

}  // namespace convene::sandbox
