#include "sandbox/server/channels.h"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/server/channel_name.h"
#include "sandbox/server/form.h"
#include "sandbox/server/overwrites.h"
#include "sandbox/server/permissions.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::size_t kNameLength = 100;
constexpr std::size_t kTopicLength = 1024;
constexpr int kSlowestRate = 21'600;  // seconds between messages
constexpr int kBitrateMin = 8'000;
constexpr int kBitrateMax = 96'000;  // of a server without boosts
constexpr int kUserLimitMax = 99;

int count_children(const World& world, Snowflake parent_id) {
    return static_cast<int>(
        std::count_if(world.channels.begin(), world.channels.end(),
                      [&](const auto& entry) { return entry.second.parent_id == parent_id; }));
}

/// Whether one more of this type is one too many in the server.
Result<void> check_room(const World& world, ChannelType type) {
    const auto categories =
        static_cast<int>(std::count_if(world.channels.begin(), world.channels.end(), [](const auto& entry) {
            return entry.second.type == ChannelType::category;
        }));
    const Settings& settings = world.settings;
    const bool category = type == ChannelType::category;
    if (category && categories >= settings.categories_per_guild) {
        return refuse::max_guild_channels(settings.categories_per_guild);
    }
    if (category && !settings.categories_count) return {};
    const int counted =
        static_cast<int>(world.channels.size()) - (settings.categories_count ? 0 : categories);
    if (counted >= settings.channels_per_guild)
        return refuse::max_guild_channels(settings.channels_per_guild);
    return {};
}

int next_position(const World& world, std::optional<Snowflake> parent_id) {
    int next = 0;
    for (const auto& [id, channel] : world.channels) {
        if (channel.parent_id == parent_id) next = std::max(next, channel.position + 1);
    }
    return next;
}

/// Checks that `channel` may lie in `parent_id`; faults go to the form.
void check_parent(const World& world, Form& form, const Channel& channel, Snowflake parent_id) {
    const auto parent = world.channels.find(parent_id);
    if (parent == world.channels.end()) {
        form.fault("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist");
    } else if (parent->second.type != ChannelType::category || channel.type == ChannelType::category) {
        form.fault("parent_id", "CHANNEL_PARENT_INVALID_TYPE", "Not a category");
    } else if (channel.parent_id != parent_id &&
               count_children(world, parent_id) >= world.settings.channels_per_category) {
        form.fault("parent_id", "CHANNEL_PARENT_MAX_CHANNELS",
                   fmt::format("Maximum number of channels in category reached ({})",
                               world.settings.channels_per_category));
    }
}

void read_name(const World& world, Form& form, Channel& channel) {
    const auto name = form.text("name", 1, kNameLength);
    if (!name) return;
    channel.name = channel.type == ChannelType::text
                       ? text_channel_name(*name, world.settings.strip_channel_punctuation)
                       : *name;
    if (channel.name.empty()) form.fault("name", "BASE_TYPE_REQUIRED", "This field is required");
}

void read_topic(const World& world, Form& form, Channel& channel) {
    if (!form.has("topic")) return;
    if (channel.type != ChannelType::text) {
        if (world.settings.refuse_voice_topic && !form.is_null("topic")) {
            form.fault("topic", "CHANNEL_TOPIC_INVALID_TYPE", "This channel type has no topic");
        }
        return;
    }
    const auto topic = form.text("topic", 0, kTopicLength);
    channel.topic = topic && !topic->empty() ? topic : std::nullopt;
}

/// What create and update read alike.
void read_common(const World& world, Form& form, Channel& channel) {
    read_name(world, form, channel);
    read_topic(world, form, channel);
    if (const auto nsfw = form.boolean("nsfw")) channel.nsfw = *nsfw;
    if (const auto rate = form.integer("rate_limit_per_user", 0, kSlowestRate)) {
        channel.rate_limit_per_user = static_cast<int>(*rate);
    }
    if (const auto bitrate = form.integer("bitrate", kBitrateMin, kBitrateMax)) {
        channel.bitrate = static_cast<int>(*bitrate);
    }
    if (const auto limit = form.integer("user_limit", 0, kUserLimitMax)) {
        channel.user_limit = static_cast<int>(*limit);
    }
    if (const auto position = form.integer("position")) channel.position = static_cast<int>(*position);
}

void read_type(Form& form, Channel& channel) {
    const auto type = form.integer("type", 0, 15);
    if (!type) return;
    if (*type == 0 || *type == 2 || *type == 4) {
        channel.type = static_cast<ChannelType>(*type);
    } else {
        // Announcements, stages and forums need a community server; this is none.
        form.fault("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 2, 4}.");
    }
}

/// Takes the overwrites over, each with its effect at this moment.
void set_overwrites(const World& world, const Act& act, Channel& channel, std::vector<Overwrite> overwrites) {
    for (Overwrite& overwrite : overwrites) {
        const Overwrite* existing = find_overwrite(channel, overwrite.id);
        const bool unchanged =
            existing != nullptr && existing->allow == overwrite.allow && existing->deny == overwrite.deny;
        if (unchanged) {
            overwrite.effective = existing->effective;
        } else {
            mark_effect(world, act, channel, overwrite);
        }
    }
    channel.overwrites = std::move(overwrites);
}

bool in_effect_at_creation(const World& world, const Overwrite& overwrite) {
    return overwrite.kind == OverwriteKind::role || world.members.contains(overwrite.id) ||
           world.settings.absent_member_overwrites;
}

}  // namespace

Result<Snowflake> create_channel(World& world, const Act& act, const json& body) {
    if (const auto held = require_in_guild(world, act, permission::kManageChannels); !held) {
        return Refusal(held.error());
    }
    FormFaults faults;
    Form form(body, faults);
    Channel channel;
    read_type(form, channel);
    form.require("name");
    read_common(world, form, channel);
    const auto parent_id = form.snowflake("parent_id");
    auto overwrites = read_overwrites(world, form, "permission_overwrites");
    if (parent_id) check_parent(world, form, channel, *parent_id);
    if (!faults.empty()) return faults.refusal();

    if (const auto room = check_room(world, channel.type); !room) return Refusal(room.error());
    if (parent_id) {
        const auto parent = reach_channel(world, act, *parent_id, permission::kManageChannels);
        if (!parent) return Refusal(parent.error());
        channel.parent_id = parent_id;
        if (!overwrites) channel.overwrites = (*parent)->overwrites;
    }
    if (overwrites) {
        if (const auto allowed = may_create_with(world, act, *overwrites); !allowed)
            return Refusal(allowed.error());
        for (Overwrite& overwrite : *overwrites)
            overwrite.effective = in_effect_at_creation(world, overwrite);
        channel.overwrites = std::move(*overwrites);
    }
    if (!form.has("position")) channel.position = next_position(world, channel.parent_id);
    channel.id = world.ids.next(act.now);

    const Snowflake id = channel.id;
    world.channels.emplace(id, std::move(channel));
    world.note(Kind::channel, id);
    record(world, act, AuditAction::channel_create, id);
    return id;
}

Result<Snowflake> update_channel(World& world, const Act& act, Snowflake channel_id, const json& body) {
    const auto reached = reach_channel(world, act, channel_id, permission::kManageChannels);
    if (!reached) return Refusal(reached.error());
    Channel changed = **reached;
    FormFaults faults;
    Form form(body, faults);
    if (form.has("name")) form.require("name");
    read_common(world, form, changed);
    if (form.is_null("parent_id")) changed.parent_id.reset();
    if (const auto parent_id = form.snowflake("parent_id")) {
        check_parent(world, form, changed, *parent_id);
        changed.parent_id = parent_id;
    }
    auto overwrites = read_overwrites(world, form, "permission_overwrites");
    if (!faults.empty()) return faults.refusal();

    if (overwrites) {
        if (const auto allowed = may_change_to(world, act, **reached, *overwrites); !allowed) {
            return Refusal(allowed.error());
        }
        set_overwrites(world, act, changed, std::move(*overwrites));
    }
    **reached = std::move(changed);
    world.note(Kind::channel, channel_id);
    record(world, act, AuditAction::channel_update, channel_id);
    return channel_id;
}

Result<Channel> delete_channel(World& world, const Act& act, Snowflake channel_id) {
    const auto reached = reach_channel(world, act, channel_id, permission::kManageChannels);
    if (!reached) return Refusal(reached.error());
    const Channel deleted = **reached;
    for (auto& [id, channel] : world.channels) {
        if (channel.parent_id != channel_id) continue;
        channel.parent_id.reset();
        world.note(Kind::channel, id);
    }
    for (auto event = world.events.begin(); event != world.events.end();) {
        const bool goes_along = event->second.channel_id == channel_id;
        if (goes_along) world.note(Kind::event, event->first);
        event = goes_along ? world.events.erase(event) : std::next(event);
    }
    for (const auto& [id, message] : world.messages[channel_id]) world.note(Kind::message, id, channel_id);
    world.messages.erase(channel_id);
    world.channels.erase(channel_id);
    world.note(Kind::channel, channel_id);
    record(world, act, AuditAction::channel_delete, channel_id);
    return deleted;
}

Result<void> move_channels(World& world, const Act& act, const json& body) {
    if (const auto held = require_in_guild(world, act, permission::kManageChannels); !held) return held;
    FormFaults faults;
    std::vector<Channel> moved;
    int reparented = 0;
    if (!body.is_array()) faults.add({}, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
    for (std::size_t i = 0; body.is_array() && i < body.size(); ++i) {
        Form form(body[i], faults, {std::to_string(i)});
        form.require("id");
        const auto id = form.snowflake("id");
        if (!id) continue;
        const auto reached = reach_channel(world, act, *id, permission::kManageChannels);
        if (!reached) return Refusal(reached.error());
        Channel channel = **reached;
        if (const auto position = form.integer("position")) channel.position = static_cast<int>(*position);
        if (form.is_null("parent_id")) channel.parent_id.reset();
        if (const auto parent_id = form.snowflake("parent_id")) {
            check_parent(world, form, channel, *parent_id);
            channel.parent_id = parent_id;
        }
        if (channel.parent_id != (*reached)->parent_id) {
            ++reparented;
            const bool lock = form.boolean("lock_permissions").value_or(false);
            const auto parent =
                channel.parent_id ? world.channels.find(*channel.parent_id) : world.channels.end();
            if (lock && parent != world.channels.end()) channel.overwrites = parent->second.overwrites;
        }
        moved.push_back(std::move(channel));
    }
    if (!faults.empty()) return faults.refusal();
    if (reparented > 1) return refuse::one_parent_at_a_time();
    for (Channel& channel : moved) {
        const Snowflake id = channel.id;
        world.channels[id] = std::move(channel);
        world.note(Kind::channel, id);
        record(world, act, AuditAction::channel_update, id);
    }
    return {};
}

}  // namespace convene::sandbox
