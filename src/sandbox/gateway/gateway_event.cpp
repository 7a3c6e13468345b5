#include "sandbox/gateway/gateway_event.h"

#include <nlohmann/json.hpp>

#include "sandbox/gateway/intents.h"
#include "sandbox/server/interactions.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/permissions.h"
#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

/// A channel as CHANNEL_UPDATE would show it. Messages and pins move fields of
/// it too, and have events of their own.
json shown_channel(const World& world, const Channel& channel) {
    json shown = shown_channel_object(world, world.identity.bot_user_id, channel);
    shown["guild_id"] = id_text(world.guild_id);
    return shown;
}
std::string compared_channel(json shown) {
    shown.erase("last_message_id");
    shown.erase("last_pin_timestamp");
    return shown.dump();
}

json member_data(const World& world, const Member& member) {
    json data = member_object(world, member);
    data["guild_id"] = id_text(world.guild_id);
    return data;
}

bool sees_message(const World& world, Snowflake channel_id) {
    const auto channel = world.channels.find(channel_id);
    return channel != world.channels.end() &&
           has_all(channel_permissions(world, world.identity.bot_user_id, channel->second),
                   permission::kViewChannel);
}

bool mentions_bot(const World& world, const Message& message) {
    return std::find(message.mentions.begin(), message.mentions.end(), world.identity.bot_user_id) !=
           message.mentions.end();
}

GatewayEvent message_event(const World& world, const Message& message, const char* name) {
    json data = message_object(world, message);
    data["guild_id"] = id_text(world.guild_id);
    if (const auto author = world.members.find(message.author_id); author != world.members.end()) {
        data["member"] = member_object(world, author->second);
        data["member"].erase("user");
    }
    GatewayEvent event{name, data.dump(), intent::kGuildMessages, ""};
    const bool own = message.author_id == world.identity.bot_user_id;
    if (!own && !mentions_bot(world, message)) {
        data["content"] = "";
        data["embeds"] = json::array();
        data["components"] = json::array();
        event.without_content = data.dump();
    }
    return event;
}

}  // namespace

void EventSource::begin(const World& world) {
    channels_.clear();
    events_.clear();
    members_.clear();
    roles_.clear();
    messages_.clear();
    for (const auto& [id, channel] : world.channels) {
        channels_[id] = compared_channel(shown_channel(world, channel));
    }
    for (const ScheduledEvent* event : visible_events(world, world.identity.bot_user_id)) {
        events_[event->id] = event_object(world, *event).dump();
    }
    for (const auto& [id, member] : world.members) members_[id] = member_data(world, member).dump();
    for (const auto& [id, role] : world.roles) roles_[id] = role_object(role).dump();
    for (const auto& [channel_id, messages] : world.messages) {
        for (const auto& [id, message] : messages) messages_.insert(id);
    }
}

std::vector<GatewayEvent> EventSource::news(const World& world, const std::vector<Change>& changes) {
    std::vector<GatewayEvent> news;
    for (const Change& change : changes) {
        switch (change.kind) {
            case Kind::channel:
                channel_news(world, change.id, news);
                break;
            case Kind::event:
                event_news(world, change.id, news);
                break;
            case Kind::member:
                member_news(world, change.id, news);
                // With its own roles the bot's sight changes.
                if (change.id == world.identity.bot_user_id) all_channel_news(world, news);
                break;
            case Kind::role:
                role_news(world, change.id, news);
                all_channel_news(world, news);
                break;
            case Kind::settings:
                all_channel_news(world, news);
                break;
            case Kind::message:
                message_news(world, change, news);
                break;
            case Kind::interaction:
                news.push_back({"INTERACTION_CREATE",
                                interaction_object(world, world.interactions.at(change.id)).dump(),
                                intent::kNone, ""});
                break;
            default:
                break;
        }
    }
    return news;
}

void EventSource::channel_news(const World& world, Snowflake id, std::vector<GatewayEvent>& news) {
    const auto found = world.channels.find(id);
    const auto known = channels_.find(id);
    if (found == world.channels.end()) {
        if (known == channels_.end()) return;
        news.push_back({"CHANNEL_DELETE", known->second, intent::kGuilds, ""});
        channels_.erase(known);
        return;
    }
    const json shown = shown_channel(world, found->second);
    std::string compared = compared_channel(shown);
    if (known == channels_.end()) {
        news.push_back({"CHANNEL_CREATE", shown.dump(), intent::kGuilds, ""});
        channels_.emplace(id, std::move(compared));
    } else if (known->second != compared) {
        news.push_back({"CHANNEL_UPDATE", shown.dump(), intent::kGuilds, ""});
        known->second = std::move(compared);
    }
    // A category shows by its channels.
    if (found->second.parent_id) channel_news(world, *found->second.parent_id, news);
}

void EventSource::all_channel_news(const World& world, std::vector<GatewayEvent>& news) {
    for (const auto& [id, channel] : world.channels) channel_news(world, id, news);
}

void EventSource::event_news(const World& world, Snowflake id, std::vector<GatewayEvent>& news) {
    const auto found = world.events.find(id);
    const auto known = events_.find(id);
    if (found == world.events.end()) {
        if (known == events_.end()) return;
        // Events that go with their channel go silently.
        const json channel = json::parse(known->second)["channel_id"];
        const bool with_channel =
            channel.is_string() &&
            !world.channels.contains(parse_snowflake(channel.get<std::string>()).value_or(0));
        if (!with_channel) {
            news.push_back(
                {"GUILD_SCHEDULED_EVENT_DELETE", known->second, intent::kGuildScheduledEvents, ""});
        }
        events_.erase(known);
        return;
    }
    if (!can_view(world, world.identity.bot_user_id, found->second)) return;
    std::string shown = event_object(world, found->second).dump();
    if (known != events_.end() && known->second == shown) return;
    const char* name =
        known == events_.end() ? "GUILD_SCHEDULED_EVENT_CREATE" : "GUILD_SCHEDULED_EVENT_UPDATE";
    news.push_back({name, shown, intent::kGuildScheduledEvents, ""});
    events_.insert_or_assign(id, std::move(shown));
}

void EventSource::member_news(const World& world, Snowflake id, std::vector<GatewayEvent>& news) {
    const auto found = world.members.find(id);
    const auto known = members_.find(id);
    if (found == world.members.end()) {
        if (known == members_.end()) return;
        const json data = {{"guild_id", id_text(world.guild_id)},
                           {"user", json::parse(known->second)["user"]}};
        news.push_back({"GUILD_MEMBER_REMOVE", data.dump(), intent::kGuildMembers, ""});
        members_.erase(known);
        return;
    }
    std::string data = member_data(world, found->second).dump();
    if (known != members_.end() && known->second == data) return;
    const bool self = id == world.identity.bot_user_id;
    const char* name = known == members_.end() ? "GUILD_MEMBER_ADD" : "GUILD_MEMBER_UPDATE";
    news.push_back({name, data, self ? intent::kNone : intent::kGuildMembers, ""});
    members_.insert_or_assign(id, std::move(data));
}

void EventSource::role_news(const World& world, Snowflake id, std::vector<GatewayEvent>& news) {
    const auto found = world.roles.find(id);
    const auto known = roles_.find(id);
    const std::string guild_id = id_text(world.guild_id);
    if (found == world.roles.end()) {
        if (known == roles_.end()) return;
        const json data = {{"guild_id", guild_id}, {"role_id", id_text(id)}};
        news.push_back({"GUILD_ROLE_DELETE", data.dump(), intent::kGuilds, ""});
        roles_.erase(known);
        return;
    }
    std::string shown = role_object(found->second).dump();
    if (known != roles_.end() && known->second == shown) return;
    const json data = {{"guild_id", guild_id}, {"role", json::parse(shown)}};
    const char* name = known == roles_.end() ? "GUILD_ROLE_CREATE" : "GUILD_ROLE_UPDATE";
    news.push_back({name, data.dump(), intent::kGuilds, ""});
    roles_.insert_or_assign(id, std::move(shown));
}

void EventSource::message_news(const World& world, const Change& change, std::vector<GatewayEvent>& news) {
    const auto channel = world.messages.find(change.channel_id);
    const bool exists = channel != world.messages.end() && channel->second.contains(change.id);
    const bool was_known = messages_.contains(change.id);
    if (!exists) {
        if (!was_known) return;
        messages_.erase(change.id);
        if (!sees_message(world, change.channel_id)) return;
        const json data = {{"id", id_text(change.id)},
                           {"channel_id", id_text(change.channel_id)},
                           {"guild_id", id_text(world.guild_id)}};
        news.push_back({"MESSAGE_DELETE", data.dump(), intent::kGuildMessages, ""});
        return;
    }
    messages_.insert(change.id);
    if (!sees_message(world, change.channel_id)) return;
    news.push_back(
        message_event(world, channel->second.at(change.id), was_known ? "MESSAGE_UPDATE" : "MESSAGE_CREATE"));
}

std::string guild_create_data(const World& world) {
    const Snowflake bot = world.identity.bot_user_id;
    json data = guild_object(world, false);
    data["unavailable"] = false;
    data["large"] = world.members.size() > 50;
    data["member_count"] = world.members.size();
    for (const char* empty :
         {"voice_states", "threads", "presences", "stage_instances", "soundboard_sounds"}) {
        data[empty] = json::array();
    }
    data["members"] = json::array();
    if (const auto self = world.members.find(bot); self != world.members.end()) {
        data["members"].push_back(member_object(world, self->second));
        data["joined_at"] = to_iso(self->second.joined_at);
    }
    data["channels"] = json::array();
    for (const auto& [id, channel] : world.channels) {
        data["channels"].push_back(shown_channel_object(world, bot, channel));
    }
    data["guild_scheduled_events"] = json::array();
    for (const ScheduledEvent* event : visible_events(world, bot)) {
        if (event->uncompleted()) data["guild_scheduled_events"].push_back(event_object(world, *event));
    }
    return data.dump();
}

}  // namespace convene::sandbox
