#include "sandbox/state/records.h"

#include <array>
#include <nlohmann/json.hpp>

namespace convene::sandbox {
namespace {
using nlohmann::json;

constexpr std::array<const char*, 10> kKindNames{"guild", "settings", "role",  "member", "channel",
                                                 "event", "message",  "nonce", "audit",  "command"};

json optional_json(const std::optional<std::string>& value) {
    return value ? json(*value) : json(nullptr);
}
json optional_json(const std::optional<Snowflake>& value) {
    return value ? json(*value) : json(nullptr);
}
json optional_json(const std::optional<Instant>& value) {
    return value ? json(to_millis(*value)) : json(nullptr);
}

void read(const json& value, std::optional<std::string>& into) {
    if (!value.is_null()) into = value.get<std::string>();
}
void read(const json& value, std::optional<Snowflake>& into) {
    if (!value.is_null()) into = value.get<Snowflake>();
}
void read(const json& value, std::optional<Instant>& into) {
    if (!value.is_null()) into = from_millis(value.get<long long>());
}

json write(const Role& r) {
    return {{"name", r.name},
            {"permissions", r.permissions},
            {"position", r.position},
            {"bot_id", optional_json(r.bot_id)}};
}
void read(const json& v, Role& r) {
    r.name = v.at("name").get<std::string>();
    r.permissions = v.at("permissions").get<Permissions>();
    r.position = v.at("position").get<int>();
    read(v.at("bot_id"), r.bot_id);
}

json write(const Member& m) {
    return {{"username", m.username},
            {"global_name", optional_json(m.global_name)},
            {"nick", optional_json(m.nick)},
            {"bot", m.bot},
            {"pending", m.pending},
            {"roles", m.roles},
            {"joined_at", to_millis(m.joined_at)}};
}
void read(const json& v, Member& m) {
    m.username = v.at("username").get<std::string>();
    read(v.at("global_name"), m.global_name);
    read(v.at("nick"), m.nick);
    m.bot = v.at("bot").get<bool>();
    m.pending = v.at("pending").get<bool>();
    m.roles = v.at("roles").get<std::vector<Snowflake>>();
    m.joined_at = from_millis(v.at("joined_at").get<long long>());
}

json write(const Channel& c) {
    json overwrites = json::array();
    for (const Overwrite& o : c.overwrites) {
        overwrites.push_back({o.id, static_cast<int>(o.kind), o.allow, o.deny, o.effective});
    }
    return {{"type", static_cast<int>(c.type)},
            {"name", c.name},
            {"topic", optional_json(c.topic)},
            {"parent_id", optional_json(c.parent_id)},
            {"position", c.position},
            {"overwrites", overwrites},
            {"nsfw", c.nsfw},
            {"rate_limit_per_user", c.rate_limit_per_user},
            {"bitrate", c.bitrate},
            {"user_limit", c.user_limit},
            {"last_message_id", optional_json(c.last_message_id)},
            {"last_pin_at", optional_json(c.last_pin_at)}};
}
void read(const json& v, Channel& c) {
    c.type = static_cast<ChannelType>(v.at("type").get<int>());
    c.name = v.at("name").get<std::string>();
    read(v.at("topic"), c.topic);
    read(v.at("parent_id"), c.parent_id);
    c.position = v.at("position").get<int>();
    for (const json& o : v.at("overwrites")) {
        c.overwrites.push_back({o.at(0).get<Snowflake>(), static_cast<OverwriteKind>(o.at(1).get<int>()),
                                o.at(2).get<Permissions>(), o.at(3).get<Permissions>(), o.at(4).get<bool>()});
    }
    c.nsfw = v.at("nsfw").get<bool>();
    c.rate_limit_per_user = v.at("rate_limit_per_user").get<int>();
    c.bitrate = v.at("bitrate").get<int>();
    c.user_limit = v.at("user_limit").get<int>();
    read(v.at("last_message_id"), c.last_message_id);
    read(v.at("last_pin_at"), c.last_pin_at);
}

json write(const ScheduledEvent& e) {
    return {{"name", e.name},
            {"description", optional_json(e.description)},
            {"channel_id", optional_json(e.channel_id)},
            {"location", optional_json(e.location)},
            {"creator_id", e.creator_id},
            {"start", to_millis(e.start)},
            {"end", optional_json(e.end)},
            {"entity_type", static_cast<int>(e.entity_type)},
            {"status", static_cast<int>(e.status)},
            {"activated_at", optional_json(e.activated_at)},
            {"recurrence_rule", e.recurrence_rule}};
}
void read(const json& v, ScheduledEvent& e) {
    e.name = v.at("name").get<std::string>();
    read(v.at("description"), e.description);
    read(v.at("channel_id"), e.channel_id);
    read(v.at("location"), e.location);
    e.creator_id = v.at("creator_id").get<Snowflake>();
    e.start = from_millis(v.at("start").get<long long>());
    read(v.at("end"), e.end);
    e.entity_type = static_cast<EntityType>(v.at("entity_type").get<int>());
    e.status = static_cast<EventStatus>(v.at("status").get<int>());
    read(v.at("activated_at"), e.activated_at);
    e.recurrence_rule = v.at("recurrence_rule").get<std::string>();
}

json write(const std::optional<MessageOrigin>& o) {
    if (!o) return nullptr;
    return {{"interaction_id", o->interaction_id},
            {"interaction_type", o->interaction_type},
            {"user_id", o->user_id},
            {"command", o->command},
            {"original_message_id", optional_json(o->original_message_id)},
            {"pressed_message_id", optional_json(o->pressed_message_id)}};
}
void read(const json& v, std::optional<MessageOrigin>& into) {
    if (v.is_null()) return;
    MessageOrigin o;
    o.interaction_id = v.at("interaction_id").get<Snowflake>();
    o.interaction_type = v.at("interaction_type").get<int>();
    o.user_id = v.at("user_id").get<Snowflake>();
    o.command = v.at("command").get<std::string>();
    read(v.at("original_message_id"), o.original_message_id);
    read(v.at("pressed_message_id"), o.pressed_message_id);
    into = std::move(o);
}

json write(const Message& m) {
    return {{"channel_id", m.channel_id},
            {"author_id", m.author_id},
            {"type", static_cast<int>(m.type)},
            {"content", m.content},
            {"embeds", m.embeds},
            {"components", m.components},
            {"flags", m.flags},
            {"tts", m.tts},
            {"pinned", m.pinned},
            {"pinned_at", optional_json(m.pinned_at)},
            {"edited_at", optional_json(m.edited_at)},
            {"mentions", m.mentions},
            {"mention_roles", m.mention_roles},
            {"mention_everyone", m.mention_everyone},
            {"pinned_message_id", optional_json(m.pinned_message_id)},
            {"origin", write(m.origin)}};
}
void read(const json& v, Message& m) {
    m.channel_id = v.at("channel_id").get<Snowflake>();
    m.author_id = v.at("author_id").get<Snowflake>();
    m.type = static_cast<MessageType>(v.at("type").get<int>());
    m.content = v.at("content").get<std::string>();
    m.embeds = v.at("embeds").get<std::string>();
    m.components = v.at("components").get<std::string>();
    m.flags = v.at("flags").get<int>();
    m.tts = v.at("tts").get<bool>();
    m.pinned = v.at("pinned").get<bool>();
    read(v.at("pinned_at"), m.pinned_at);
    read(v.at("edited_at"), m.edited_at);
    m.mentions = v.at("mentions").get<std::vector<Snowflake>>();
    m.mention_roles = v.at("mention_roles").get<std::vector<Snowflake>>();
    m.mention_everyone = v.at("mention_everyone").get<bool>();
    read(v.at("pinned_message_id"), m.pinned_message_id);
    // Files from before there were interactions have none.
    read(v.value("origin", json()), m.origin);
}

json write(const Command& c) {
    return {{"name", c.name}, {"shown", c.shown}};
}
void read(const json& v, Command& c) {
    c.name = v.at("name").get<std::string>();
    c.shown = v.at("shown").get<std::string>();
}

json write(const NonceUse& n) {
    return {{"nonce", n.nonce}, {"author_id", n.author_id}, {"channel_id", n.channel_id}};
}
void read(const json& v, NonceUse& n) {
    n.nonce = v.at("nonce").get<std::string>();
    n.author_id = v.at("author_id").get<Snowflake>();
    n.channel_id = v.at("channel_id").get<Snowflake>();
}

json write(const AuditEntry& a) {
    return {{"action", static_cast<int>(a.action)},
            {"user_id", a.user_id},
            {"target_id", a.target_id},
            {"reason", a.reason}};
}
void read(const json& v, AuditEntry& a) {
    a.action = static_cast<AuditAction>(v.at("action").get<int>());
    a.user_id = v.at("user_id").get<Snowflake>();
    a.target_id = v.at("target_id").get<Snowflake>();
    a.reason = v.at("reason").get<std::string>();
}

json write_guild(const World& w) {
    return {{"token", w.identity.token},
            {"signing_key", w.identity.signing_key},
            {"interactions_url", w.identity.interactions_url},
            {"application_id", w.identity.application_id},
            {"bot_user_id", w.identity.bot_user_id},
            {"admin_user_id", w.identity.admin_user_id},
            {"guild_id", w.guild_id},
            {"name", w.guild_name},
            {"owner_id", w.owner_id}};
}
void read_guild(const json& v, World& w) {
    w.identity.token = v.at("token").get<std::string>();
    // Files from before there was an endpoint have neither.
    w.identity.signing_key = v.value("signing_key", w.identity.signing_key);
    w.identity.interactions_url = v.value("interactions_url", "");
    w.identity.application_id = v.at("application_id").get<Snowflake>();
    w.identity.bot_user_id = v.at("bot_user_id").get<Snowflake>();
    w.identity.admin_user_id = v.at("admin_user_id").get<Snowflake>();
    w.guild_id = v.at("guild_id").get<Snowflake>();
    w.guild_name = v.at("name").get<std::string>();
    w.owner_id = v.at("owner_id").get<Snowflake>();
}

template <class Thing>
json value_in(const std::map<Snowflake, Thing>& things, Snowflake id) {
    const auto found = things.find(id);
    return found == things.end() ? json(nullptr) : write(found->second);
}

template <class Thing>
void put_back(std::map<Snowflake, Thing>& things, Snowflake id, const json& value) {
    if (value.is_null()) {
        things.erase(id);
        return;
    }
    Thing thing;
    if constexpr (requires { thing.id; }) {
        thing.id = id;
    } else {
        thing.message_id = id;
    }
    read(value, thing);
    things.insert_or_assign(id, std::move(thing));
}

/// Calls `visit` with the map that holds things of this kind; false for the rest.
template <class AnyWorld, class Visit>
bool with_map(AnyWorld& world, Kind kind, Snowflake channel_id, Visit&& visit) {
    switch (kind) {
        case Kind::role:
            visit(world.roles);
            return true;
        case Kind::member:
            visit(world.members);
            return true;
        case Kind::channel:
            visit(world.channels);
            return true;
        case Kind::event:
            visit(world.events);
            return true;
        case Kind::nonce:
            visit(world.nonces);
            return true;
        case Kind::audit:
            visit(world.audit_log);
            return true;
        case Kind::command:
            visit(world.commands);
            return true;
        case Kind::message:
            if (const auto found = world.messages.find(channel_id); found != world.messages.end()) {
                visit(found->second);
            }
            return true;
        default:
            return false;
    }
}

}  // namespace

json record_of(const World& world, const Change& change) {
    json record = {{"kind", kKindNames.at(static_cast<std::size_t>(change.kind))},
                   {"id", change.id},
                   {"value", nullptr}};
    if (change.kind == Kind::message) record["channel_id"] = change.channel_id;
    if (change.kind == Kind::guild) record["value"] = write_guild(world);
    if (change.kind == Kind::settings) record["value"] = to_json(world.settings);
    with_map(world, change.kind, change.channel_id,
             [&](const auto& things) { record["value"] = value_in(things, change.id); });
    return record;
}

void restore(World& world, const json& record) {
    const auto name = record.at("kind").get<std::string>();
    const auto id = record.at("id").get<Snowflake>();
    const json& value = record.at("value");
    for (std::size_t i = 0; i < kKindNames.size(); ++i) {
        if (name != kKindNames[i]) continue;
        const auto kind = static_cast<Kind>(i);
        const Snowflake channel_id = kind == Kind::message ? record.at("channel_id").get<Snowflake>() : 0;
        if (kind == Kind::guild) read_guild(value, world);
        if (kind == Kind::settings) (void)change_settings(world.settings, value);
        if (kind == Kind::message) world.messages.try_emplace(channel_id);
        with_map(world, kind, channel_id, [&](auto& things) { put_back(things, id, value); });
        // Members bring ids of their own making, perhaps of the future.
        if (kind != Kind::member && kind != Kind::role && kind != Kind::settings) world.ids.resume_after(id);
        return;
    }
}

std::vector<Change> everything(const World& world) {
    std::vector<Change> changes{{Kind::guild, world.guild_id, 0}, {Kind::settings, 0, 0}};
    for (const Kind kind :
         {Kind::role, Kind::member, Kind::channel, Kind::event, Kind::nonce, Kind::audit, Kind::command}) {
        with_map(world, kind, 0, [&](const auto& things) {
            for (const auto& [id, thing] : things) changes.push_back({kind, id, 0});
        });
    }
    for (const auto& [channel_id, messages] : world.messages) {
        for (const auto& [id, message] : messages) changes.push_back({Kind::message, id, channel_id});
    }
    return changes;
}

}  // namespace convene::sandbox
