#include "sandbox/watch/leak_watch.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sandbox/server/objects.h"
#include "sandbox/server/permissions.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr Snowflake kAnybody = 0;

bool equal(const std::vector<Overwrite>& a, const std::vector<Overwrite>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Overwrite& x, const Overwrite& y) {
        return x.id == y.id && x.allow == y.allow && x.deny == y.deny && x.effective == y.effective;
    });
}

/// Whether someone who just joined, without roles, can view the channel.
bool newcomer_views(const World& world, const Channel& channel) {
    const auto everyone = world.roles.find(world.guild_id);
    Permissions held = everyone == world.roles.end() ? 0 : everyone->second.permissions;
    if (has_all(held, permission::kAdministrator)) return true;
    const Overwrite* overwrite = find_overwrite(channel, world.guild_id);
    if (overwrite != nullptr && overwrite->effective) held = (held & ~overwrite->deny) | overwrite->allow;
    return has_all(held, permission::kViewChannel);
}

bool allows_view(const Channel& channel, Snowflake id) {
    const Overwrite* overwrite = find_overwrite(channel, id);
    return overwrite != nullptr && has_all(overwrite->allow, permission::kViewChannel);
}

bool is_named(const Channel& channel, const Member& member) {
    return allows_view(channel, member.id) ||
           std::any_of(member.roles.begin(), member.roles.end(),
                       [&](Snowflake role) { return allows_view(channel, role); });
}

/// Everybody whose sight of the channel says something, and whether an
/// overwrite names them: 0 alone when a newcomer can view it.
std::map<Snowflake, bool> viewers_of(const World& world, const Channel& channel) {
    if (newcomer_views(world, channel)) return {{kAnybody, false}};
    std::map<Snowflake, bool> viewers;
    for (const auto& [id, member] : world.members) {
        if (id == world.identity.bot_user_id) continue;
        if (has_all(guild_permissions(world, id), permission::kAdministrator)) continue;
        if (has_all(channel_permissions(world, id, channel), permission::kViewChannel)) {
            viewers.emplace(id, is_named(channel, member));
        }
    }
    return viewers;
}

json time_or_null(const std::optional<Instant>& instant) {
    return instant ? json(to_iso(*instant)) : json(nullptr);
}

}  // namespace

void LeakWatch::begin(const World& world, Instant now) {
    channels_.clear();
    for (const auto& [id, channel] : world.channels) {
        channels_[id].known_before = true;
        look_at(world, channel, now, 0);
    }
}

void LeakWatch::look(const World& world, const std::vector<Change>& changes, Instant now, long long request) {
    bool everywhere = false;
    std::set<Snowflake> changed;
    for (const Change& change : changes) {
        everywhere = everywhere || change.kind == Kind::role || change.kind == Kind::member;
        if (change.kind == Kind::channel) changed.insert(change.id);
    }
    for (const Snowflake id : changed) {
        const auto channel = world.channels.find(id);
        if (channel == world.channels.end()) {
            gone(id, now);
            continue;
        }
        // Most changes of a channel are new messages in it.
        const auto known = channels_.find(id);
        if (known != channels_.end() && equal(known->second.overwrites, channel->second.overwrites)) continue;
        look_at(world, channel->second, now, request);
    }
    if (!everywhere) return;
    for (const auto& [id, channel] : world.channels) look_at(world, channel, now, request);
}

void LeakWatch::look_at(const World& world, const Channel& channel, Instant now, long long request) {
    Watched& watched = channels_[channel.id];
    watched.name = channel.name;
    watched.overwrites = channel.overwrites;
    const std::map<Snowflake, bool> viewers = viewers_of(world, channel);
    const bool is_private = !viewers.contains(kAnybody);
    watched.was_private = watched.was_private || is_private;
    for (Sight& sight : watched.sights) {
        const auto viewer = viewers.find(sight.user_id);
        if (!sight.until && (viewer == viewers.end() || viewer->second != sight.named)) sight.until = now;
    }
    for (const auto& [user_id, named] : viewers) {
        const bool lasting = std::any_of(
            watched.sights.begin(), watched.sights.end(),
            [&, &user = user_id](const Sight& sight) { return sight.user_id == user && !sight.until; });
        if (lasting) continue;
        watched.sights.push_back({user_id, now, std::nullopt, request, named, watched.was_private});
    }
}

void LeakWatch::gone(Snowflake channel_id, Instant now) {
    const auto found = channels_.find(channel_id);
    if (found == channels_.end()) return;
    for (Sight& sight : found->second.sights) {
        if (!sight.until) sight.until = now;
    }
}

json LeakWatch::describe() const {
    json leaks = json::array();
    json viewers = json::object();
    for (const auto& [id, watched] : channels_) {
        if (!watched.was_private) continue;
        json seen_by = json::array();
        for (const Sight& sight : watched.sights) {
            json entry = {
                {"user_id", sight.user_id == kAnybody ? json(nullptr) : json(id_text(sight.user_id))},
                {"from", to_iso(sight.from)},
                {"until", time_or_null(sight.until)},
                {"request", sight.request}};
            if (sight.named) {
                seen_by.push_back(entry);
                continue;
            }
            // A human's old public channel may be hidden late; that is no leak.
            if (!sight.while_private && watched.known_before) continue;
            entry["channel_id"] = id_text(id);
            entry["channel"] = watched.name;
            entry["what"] = sight.while_private ? "visible though private" : "visible before it was hidden";
            leaks.push_back(entry);
        }
        viewers[id_text(id)] = {{"channel", watched.name}, {"viewers", seen_by}};
    }
    return {{"leaks", leaks}, {"viewers", viewers}};
}

}  // namespace convene::sandbox
