#include "discord/wire/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "app/failure.h"
#include "discord/wire/message_parts.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;

/// Flag of a channel that is shown to one who may not view it.
constexpr int kObfuscated = 1 << 17;

[[noreturn]] void unreadable(const std::string& what) {
    throw DiscordFailure("Discord's answer cannot be read: " + what, Retry::unknown);
}

Json parse(const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) unreadable("it is not JSON");
    return json;
}

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return {};
    if (found->is_string()) return found->get<std::string>();
    if (found->is_number_unsigned()) return std::to_string(found->get<std::uint64_t>());
    return {};
}

std::optional<std::string> optional_text(const Json& object, const char* key) {
    std::string text = text_of(object, key);
    if (text.empty()) return std::nullopt;
    return text;
}

std::string id_of(const Json& object, const char* key = "id") {
    if (!object.is_object()) unreadable("an object was expected");
    std::string id = text_of(object, key);
    if (id.empty()) unreadable(fmt::format("no \"{}\"", key));
    return id;
}

int int_of(const Json& object, const char* key, int otherwise) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<int>() : otherwise;
}

Permissions permissions_of(const Json& object, const char* key) {
    return parse_permissions(text_of(object, key)).value_or(0);
}

Instant instant_of(const Json& object, const char* key) {
    const auto instant = parse_timestamp(text_of(object, key));
    if (!instant) unreadable(fmt::format("no time in \"{}\"", key));
    return *instant;
}

const Json& list_of(const Json& object, const char* key) {
    static const Json none = Json::array();
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : none;
}

template <class Read>
auto read_list(const std::string& text, Read read) {
    const Json json = parse(text);
    if (!json.is_array()) unreadable("a list was expected");
    std::vector<decltype(read(json))> list;
    for (const Json& entry : json) list.push_back(read(entry));
    return list;
}

Channel channel_from(const Json& json) {
    Channel channel;
    channel.id = id_of(json);
    switch (int_of(json, "type", -1)) {
        case 0:
            channel.type = ChannelType::text;
            break;
        case 2:
            channel.type = ChannelType::voice;
            break;
        case 4:
            channel.type = ChannelType::category;
            break;
        default:
            break;
    }
    channel.name = text_of(json, "name");
    channel.parent_id = optional_text(json, "parent_id");
    channel.topic = text_of(json, "topic");
    channel.position = int_of(json, "position", 0);
    channel.obfuscated = (int_of(json, "flags", 0) & kObfuscated) != 0;
    for (const Json& overwrite : list_of(json, "permission_overwrites")) {
        channel.overwrites.push_back(
            {id_of(overwrite),
             int_of(overwrite, "type", 1) == 0 ? Overwrite::Type::role : Overwrite::Type::member,
             permissions_of(overwrite, "allow"), permissions_of(overwrite, "deny")});
    }
    return channel;
}

Member member_from(const Json& json) {
    Member member;
    if (!json.is_object() || !json.contains("user")) unreadable("a member without user");
    member.user_id = id_of(json["user"]);
    for (const Json& role : list_of(json, "roles")) {
        if (role.is_string()) member.role_ids.push_back(role.get<std::string>());
    }
    return member;
}

ScheduledEvent event_from(const Json& json) {
    ScheduledEvent event;
    event.id = id_of(json);
    event.channel_id = optional_text(json, "channel_id");
    event.creator_id = text_of(json, "creator_id");
    event.name = text_of(json, "name");
    event.description = text_of(json, "description");
    event.start = instant_of(json, "scheduled_start_time");
    event.end = parse_timestamp(text_of(json, "scheduled_end_time"));
    const int status = int_of(json, "status", 1);
    if (status >= 1 && status <= 4) event.status = static_cast<ScheduledEvent::Status>(status);
    return event;
}

Message message_from(const Json& json) {
    Message message;
    message.id = id_of(json);
    if (const auto author = json.find("author"); author != json.end() && author->is_object()) {
        message.author_id = text_of(*author, "id");
    }
    message.content = text_of(json, "content");
    const auto origin = json.find("interaction_metadata");
    if (origin != json.end() && origin->is_object()) message.interaction_id = text_of(*origin, "id");
    return message;
}

Json overwrite_json(const Overwrite& overwrite) {
    return {{"type", static_cast<int>(overwrite.type)},
            {"allow", std::to_string(overwrite.allow)},
            {"deny", std::to_string(overwrite.deny)}};
}

Json overwrites_json(const std::vector<Overwrite>& overwrites) {
    Json json = Json::array();
    for (const Overwrite& overwrite : overwrites) {
        Json entry = overwrite_json(overwrite);
        entry["id"] = overwrite.id;
        json.push_back(std::move(entry));
    }
    return json;
}

}  // namespace

const Overwrite* Channel::overwrite(const std::string& of) const {
    const auto found = std::find_if(overwrites.begin(), overwrites.end(),
                                    [&](const Overwrite& entry) { return entry.id == of; });
    return found == overwrites.end() ? nullptr : &*found;
}

Guild read_guild(const std::string& text) {
    const Json json = parse(text);
    Guild guild;
    guild.id = id_of(json);
    guild.name = text_of(json, "name");
    guild.owner_id = text_of(json, "owner_id");
    for (const Json& role : list_of(json, "roles")) {
        guild.roles.push_back({id_of(role), text_of(role, "name"), permissions_of(role, "permissions")});
    }
    return guild;
}

Member read_member(const std::string& text) {
    return member_from(parse(text));
}
std::vector<Member> read_members(const std::string& text) {
    return read_list(text, member_from);
}
std::string read_user_id(const std::string& text) {
    return id_of(parse(text));
}
Channel read_channel(const std::string& text) {
    return channel_from(parse(text));
}
std::vector<Channel> read_channels(const std::string& text) {
    return read_list(text, channel_from);
}
ScheduledEvent read_event(const std::string& text) {
    return event_from(parse(text));
}
std::vector<ScheduledEvent> read_events(const std::string& text) {
    return read_list(text, event_from);
}
Message read_message(const std::string& text) {
    return message_from(parse(text));
}
std::vector<Message> read_messages(const std::string& text) {
    return read_list(text, message_from);
}

std::vector<AuditEntry> read_audit_log(const std::string& json) {
    std::vector<AuditEntry> entries;
    const Json document = parse(json);
    for (const Json& entry : list_of(document, "audit_log_entries")) {
        if (auto target = optional_text(entry, "target_id"))
            entries.push_back({id_of(entry), std::move(*target), text_of(entry, "reason")});
    }
    return entries;
}

std::string write_channel(const NewChannel& channel) {
    Json json = {{"name", channel.name}, {"type", static_cast<int>(channel.type)}};
    if (channel.parent_id) json["parent_id"] = *channel.parent_id;
    if (!channel.topic.empty()) json["topic"] = channel.topic;
    if (channel.position) json["position"] = *channel.position;
    json["permission_overwrites"] = overwrites_json(channel.overwrites);
    return dump(json);
}

std::string write_channel_change(const ChannelChange& change) {
    Json json = Json::object();
    if (change.name) json["name"] = *change.name;
    if (change.parent_id) json["parent_id"] = *change.parent_id;
    if (change.overwrites) json["permission_overwrites"] = overwrites_json(*change.overwrites);
    return dump(json);
}

std::string write_positions(const std::vector<ChannelPosition>& positions) {
    Json json = Json::array();
    for (const ChannelPosition& position : positions)
        json.push_back({{"id", position.channel_id}, {"position", position.position}});
    return dump(json);
}

std::string write_overwrite(const Overwrite& overwrite) {
    return dump(overwrite_json(overwrite));
}

std::string write_event(const NewEvent& event) {
    return dump({{"name", event.name},
                 {"description", event.description},
                 {"channel_id", event.channel_id},
                 {"entity_type", 2},
                 {"privacy_level", 2},
                 {"scheduled_start_time", to_iso8601(event.start)},
                 {"scheduled_end_time", to_iso8601(event.end)}});
}

std::string write_event_change(const EventChange& change) {
    Json json = Json::object();
    if (change.name) json["name"] = *change.name;
    if (change.start) json["scheduled_start_time"] = to_iso8601(*change.start);
    if (change.end) json["scheduled_end_time"] = to_iso8601(*change.end);
    if (change.channel_id) json["channel_id"] = *change.channel_id;
    return dump(json);
}

std::optional<Instant> parse_timestamp(const std::string& text) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, read = 0;
    if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute, &second,
                    &read) != 6 ||
        read == 0) {
        return std::nullopt;
    }
    const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    std::size_t at = static_cast<std::size_t>(read);
    if (at < text.size() && text[at] == '.') at = text.find_first_not_of("0123456789", at + 1);
    Minutes offset{0};
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        int hours = 0, minutes = 0;
        if (std::sscanf(text.c_str() + at + 1, "%2d:%2d", &hours, &minutes) != 2) return std::nullopt;
        offset = std::chrono::hours(hours) + Minutes(minutes);
        if (text[at] == '-') offset = -offset;
    } else if (at >= text.size() || text[at] != 'Z') {
        return std::nullopt;
    }
    return Instant{std::chrono::sys_days{date} + std::chrono::hours(hour) + Minutes(minute)} - offset;
}

std::optional<Instant> parse_http_date(const std::string& text) {
    int day = 0, year = 0, hour = 0, minute = 0, second = 0;
    char month[4] = {};
    if (std::sscanf(text.c_str(), "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month, &year, &hour, &minute,
                    &second) != 6) {
        return std::nullopt;
    }
    static constexpr const char* kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char* found = std::strstr(kMonths, month);
    if (found == nullptr || (found - kMonths) % 3 != 0) return std::nullopt;
    const Date date{std::chrono::year{year},
                    std::chrono::month{static_cast<unsigned>((found - kMonths) / 3 + 1)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59) return std::nullopt;
    return Instant{std::chrono::sys_days{date} + std::chrono::hours(hour) + Minutes(minute)};
}

}  // namespace convene::discord
