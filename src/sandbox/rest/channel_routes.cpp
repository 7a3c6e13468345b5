// Channels and their permission overwrites.
#include "sandbox/server/channels.h"

#include <chrono>

#include "sandbox/rest/call.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/overwrites.h"
#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

Result<Answer> list_guild_channels(World& world, const Call& call) {
    const std::chrono::milliseconds lag(world.settings.list_lag_ms);
    json channels = json::array();
    for (const auto& [id, channel] : world.channels) {
        const bool arrived = call.act.now - made_at(id) >= lag;
        const bool shown =
            !world.settings.hide_unviewable_channels || can_view(world, call.act.user_id, channel);
        if (arrived && shown) channels.push_back(channel_object(world, channel));
    }
    return Answer{200, channels};
}

Result<Answer> create_guild_channel(World& world, const Call& call) {
    const auto id = create_channel(world, call.act, call.body);
    if (!id) return Refusal(id.error());
    return Answer{201, channel_object(world, world.channels.at(*id))};
}

Result<Answer> bulk_update_guild_channels(World& world, const Call& call) {
    const auto moved = move_channels(world, call.act, call.body);
    if (!moved) return Refusal(moved.error());
    return Answer{204, nullptr};
}

Result<Answer> get_channel(World& world, const Call& call) {
    const auto channel = reach_channel(world, call.act, call.id("channel_id"));
    if (channel) return Answer{200, channel_object(world, **channel)};
    const auto hidden = world.channels.find(call.id("channel_id"));
    if (hidden == world.channels.end() || world.settings.hidden_channel == HiddenChannel::missing_access) {
        return Refusal(channel.error());
    }
    if (world.settings.hidden_channel == HiddenChannel::unknown_channel) return refuse::unknown_channel();
    return Answer{200, obfuscated_channel_object(world, hidden->second)};
}

Result<Answer> patch_channel(World& world, const Call& call) {
    const auto id = update_channel(world, call.act, call.id("channel_id"), call.body);
    if (!id) return Refusal(id.error());
    return Answer{200, channel_object(world, world.channels.at(*id))};
}

Result<Answer> remove_channel(World& world, const Call& call) {
    const auto deleted = delete_channel(world, call.act, call.id("channel_id"));
    if (!deleted) return Refusal(deleted.error());
    return Answer{200, channel_object(world, *deleted)};
}

Result<Answer> set_overwrite(World& world, const Call& call) {
    const auto done =
        put_overwrite(world, call.act, call.id("channel_id"), call.id("overwrite_id"), call.body);
    if (!done) return Refusal(done.error());
    return Answer{204, nullptr};
}

Result<Answer> remove_overwrite(World& world, const Call& call) {
    const auto done = delete_overwrite(world, call.act, call.id("channel_id"), call.id("overwrite_id"));
    if (!done) return Refusal(done.error());
    return Answer{204, nullptr};
}
}  // namespace

const std::vector<Route>& channel_routes() {
    static const std::vector<Route> routes{
        {"GET", "/guilds/{guild_id}/channels", "list_guild_channels", list_guild_channels},
        {"POST", "/guilds/{guild_id}/channels", "create_guild_channel", create_guild_channel},
        {"PATCH", "/guilds/{guild_id}/channels", "bulk_update_guild_channels", bulk_update_guild_channels},
        {"GET", "/channels/{channel_id}", "get_channel", get_channel},
        {"PATCH", "/channels/{channel_id}", "update_channel", patch_channel},
        {"DELETE", "/channels/{channel_id}", "delete_channel", remove_channel},
        {"PUT", "/channels/{channel_id}/permissions/{overwrite_id}", "set_channel_permission_overwrite",
         set_overwrite},
        {"DELETE", "/channels/{channel_id}/permissions/{overwrite_id}", "delete_channel_permission_overwrite",
         remove_overwrite},
    };
    return routes;
}

}  // namespace convene::sandbox
