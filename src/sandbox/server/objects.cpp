#include "sandbox/server/objects.h"

#include <nlohmann/json.hpp>

#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

json id_or_null(const std::optional<Snowflake>& id) {
    return id ? json(id_text(*id)) : json(nullptr);
}
json text_or_null(const std::optional<std::string>& text) {
    return text ? json(*text) : json(nullptr);
}
json time_or_null(const std::optional<Instant>& instant) {
    return instant ? json(to_iso(*instant)) : json(nullptr);
}

json ids(const std::vector<Snowflake>& list) {
    json out = json::array();
    for (const Snowflake id : list) out.push_back(id_text(id));
    return out;
}

json overwrite_object(const Overwrite& overwrite) {
    return {{"id", id_text(overwrite.id)},
            {"type", static_cast<int>(overwrite.kind)},
            {"allow", std::to_string(overwrite.allow)},
            {"deny", std::to_string(overwrite.deny)}};
}

}  // namespace

json user_object(const World& world, Snowflake user_id) {
    json user = {{"id", id_text(user_id)},  {"username", "Deleted User"},
                 {"avatar", nullptr},       {"discriminator", "0"},
                 {"public_flags", 0},       {"flags", 0},
                 {"banner", nullptr},       {"accent_color", nullptr},
                 {"global_name", nullptr},  {"avatar_decoration_data", nullptr},
                 {"collectibles", nullptr}, {"display_name_styles", nullptr},
                 {"banner_color", nullptr}, {"clan", nullptr},
                 {"primary_guild", nullptr}};
    const auto member = world.members.find(user_id);
    if (member == world.members.end()) return user;
    user["username"] = member->second.username;
    user["global_name"] = text_or_null(member->second.global_name);
    if (member->second.bot) {
        user["bot"] = true;
        user["discriminator"] = "0420";  // bots keep theirs
    }
    return user;
}

json member_object(const World& world, const Member& member) {
    return {{"user", user_object(world, member.id)},
            {"nick", text_or_null(member.nick)},
            {"avatar", nullptr},
            {"banner", nullptr},
            {"roles", ids(member.roles)},
            {"joined_at", to_iso(member.joined_at)},
            {"premium_since", nullptr},
            {"communication_disabled_until", nullptr},
            {"avatar_decoration_data", nullptr},
            {"collectibles", nullptr},
            {"deaf", false},
            {"mute", false},
            {"flags", 0},
            {"pending", member.pending}};
}

json role_object(const Role& role) {
    json out = {{"id", id_text(role.id)},
                {"name", role.name},
                {"description", nullptr},
                {"permissions", std::to_string(role.permissions)},
                {"position", role.position},
                {"color", 0},
                {"colors", {{"primary_color", 0}, {"secondary_color", nullptr}, {"tertiary_color", nullptr}}},
                {"hoist", false},
                {"managed", role.bot_id.has_value()},
                {"mentionable", false},
                {"icon", nullptr},
                {"unicode_emoji", nullptr},
                {"flags", 0}};
    if (role.bot_id) out["tags"] = {{"bot_id", id_text(*role.bot_id)}};
    return out;
}

json guild_object(const World& world, bool with_counts) {
    json roles = json::array();
    for (const auto& [id, role] : world.roles) roles.push_back(role_object(role));
    json guild = {{"id", id_text(world.guild_id)},
                  {"name", world.guild_name},
                  {"icon", nullptr},
                  {"description", nullptr},
                  {"home_header", nullptr},
                  {"splash", nullptr},
                  {"discovery_splash", nullptr},
                  {"features", json::array()},
                  {"banner", nullptr},
                  {"owner_id", id_text(world.owner_id)},
                  {"application_id", nullptr},
                  {"region", "us-central"},
                  {"afk_channel_id", nullptr},
                  {"afk_timeout", 300},
                  {"system_channel_id", nullptr},
                  {"system_channel_flags", 0},
                  {"widget_enabled", false},
                  {"widget_channel_id", nullptr},
                  {"verification_level", 1},
                  {"default_message_notifications", 0},
                  {"mfa_level", 0},
                  {"explicit_content_filter", 0},
                  {"max_presences", nullptr},
                  {"max_members", 500'000},
                  {"max_stage_video_channel_users", 50},
                  {"max_video_channel_users", 25},
                  {"vanity_url_code", nullptr},
                  {"premium_tier", 0},
                  {"premium_subscription_count", 0},
                  {"preferred_locale", "en-US"},
                  {"rules_channel_id", nullptr},
                  {"safety_alerts_channel_id", nullptr},
                  {"public_updates_channel_id", nullptr},
                  {"hub_type", nullptr},
                  {"premium_progress_bar_enabled", false},
                  {"nsfw", false},
                  {"nsfw_level", 0},
                  {"emojis", json::array()},
                  {"stickers", json::array()},
                  {"incidents_data", nullptr},
                  {"roles", roles}};
    if (with_counts) {
        guild["approximate_member_count"] = world.members.size();
        guild["approximate_presence_count"] = 1;  // the bot; nobody else is ever online here
    }
    return guild;
}

json channel_object(const World& world, const Channel& channel) {
    json overwrites = json::array();
    for (const Overwrite& overwrite : channel.overwrites) overwrites.push_back(overwrite_object(overwrite));
    json out = {{"id", id_text(channel.id)},
                {"type", static_cast<int>(channel.type)},
                {"flags", 0},
                {"guild_id", id_text(world.guild_id)},
                {"name", channel.name},
                {"parent_id", id_or_null(channel.parent_id)},
                {"position", channel.position},
                {"permission_overwrites", overwrites}};
    if (channel.type == ChannelType::category) return out;
    out["nsfw"] = channel.nsfw;
    out["rate_limit_per_user"] = channel.rate_limit_per_user;
    out["last_message_id"] = id_or_null(channel.last_message_id);
    if (channel.type == ChannelType::text) {
        out["topic"] = text_or_null(channel.topic);
        if (channel.last_pin_at) out["last_pin_timestamp"] = to_iso(*channel.last_pin_at);
    } else {
        out["bitrate"] = channel.bitrate;
        out["user_limit"] = channel.user_limit;
        out["rtc_region"] = nullptr;
        out["icon_emoji"] = nullptr;
    }
    return out;
}

json shown_channel_object(const World& world, Snowflake user_id, const Channel& channel) {
    if (!world.settings.hide_unviewable_channels || can_view(world, user_id, channel)) {
        return channel_object(world, channel);
    }
    return obfuscated_channel_object(world, channel);
}

json obfuscated_channel_object(const World& world, const Channel& channel) {
    const json whole = channel_object(world, channel);
    constexpr int kObfuscated = 1 << 17;
    const Overwrite nobody{world.guild_id, OverwriteKind::role, 0, permission::kViewChannel};
    return {{"id", whole["id"]},
            {"type", whole["type"]},
            {"guild_id", whole["guild_id"]},
            {"position", whole["position"]},
            {"parent_id", whole["parent_id"]},
            {"name", "___hidden___"},
            {"flags", kObfuscated},
            {"permission_overwrites", json::array({overwrite_object(nobody)})}};
}

json event_object(const World& world, const ScheduledEvent& event) {
    return {{"id", id_text(event.id)},
            {"guild_id", id_text(world.guild_id)},
            {"name", event.name},
            {"description", text_or_null(event.description)},
            {"channel_id", id_or_null(event.channel_id)},
            {"creator_id", id_text(event.creator_id)},
            {"creator", user_object(world, event.creator_id)},
            {"image", nullptr},
            {"scheduled_start_time", to_iso(event.start)},
            {"scheduled_end_time", time_or_null(event.end)},
            {"status", static_cast<int>(event.status)},
            {"entity_type", static_cast<int>(event.entity_type)},
            {"entity_id", nullptr},
            {"recurrence_rule",
             event.recurrence_rule.empty() ? json(nullptr) : json::parse(event.recurrence_rule)},
            {"privacy_level", 2},
            {"sku_ids", json::array()},
            {"guild_scheduled_event_exceptions", json::array()},
            {"entity_metadata", event.location ? json{{"location", *event.location}} : json(nullptr)}};
}

namespace {
void add_origin(const World& world, const MessageOrigin& origin, json& message) {
    const std::string application = id_text(world.identity.application_id);
    message["application_id"] = application;
    message["webhook_id"] = application;
    json metadata = {{"id", id_text(origin.interaction_id)},
                     {"type", origin.interaction_type},
                     {"user", user_object(world, origin.user_id)},
                     {"authorizing_integration_owners", {{"0", id_text(world.guild_id)}}}};
    if (origin.original_message_id) {
        metadata["original_response_message_id"] = id_text(*origin.original_message_id);
    }
    if (origin.pressed_message_id) metadata["interacted_message_id"] = id_text(*origin.pressed_message_id);
    if (!origin.command.empty()) {
        metadata["name"] = origin.command;
        message["interaction"] = {{"id", metadata["id"]},
                                  {"type", origin.interaction_type},
                                  {"name", origin.command},
                                  {"user", metadata["user"]}};
    }
    message["interaction_metadata"] = metadata;
}
}  // namespace

json message_object(const World& world, const Message& message) {
    json mentions = json::array();
    for (const Snowflake id : message.mentions) mentions.push_back(user_object(world, id));
    json embeds = json::parse(message.embeds);
    if (world.settings.duplicated_embeds && !embeds.empty()) embeds.push_back(embeds.back());
    json out = {{"id", id_text(message.id)},
                {"type", static_cast<int>(message.type)},
                {"channel_id", id_text(message.channel_id)},
                {"author", user_object(world, message.author_id)},
                {"content", message.content},
                {"mentions", mentions},
                {"mention_roles", ids(message.mention_roles)},
                {"mention_everyone", message.mention_everyone},
                {"attachments", json::array()},
                {"embeds", embeds},
                {"components", json::parse(message.components)},
                {"timestamp", to_iso(made_at(message.id))},
                {"edited_timestamp", time_or_null(message.edited_at)},
                {"flags", message.flags},
                {"pinned", message.pinned},
                {"tts", message.tts}};
    if (message.origin) {
        add_origin(world, *message.origin, out);
    } else if (message.author_id == world.identity.bot_user_id && message.type == MessageType::normal) {
        out["application_id"] = nullptr;  // there, but null: not a reply to an interaction
    }
    if (message.pinned_message_id) {
        out["message_reference"] = {{"type", 0},
                                    {"channel_id", id_text(message.channel_id)},
                                    {"message_id", id_text(*message.pinned_message_id)},
                                    {"guild_id", id_text(world.guild_id)}};
    }
    return out;
}

json audit_entry_object(const AuditEntry& entry) {
    json out = {{"id", id_text(entry.id)},
                {"user_id", id_text(entry.user_id)},
                {"target_id", id_text(entry.target_id)},
                {"action_type", static_cast<int>(entry.action)}};
    if (!entry.reason.empty()) out["reason"] = entry.reason;
    return out;
}

}  // namespace convene::sandbox
