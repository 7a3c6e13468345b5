// src/sandbox/server/objects.h: the world's things as Discord's JSON objects.
//
// Complete ones: explicit nulls, ids and permissions as strings, times with
// +00:00, as the OpenAPI description of Discord has them.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sandbox/server/world.h"

namespace convene::sandbox {

[[nodiscard]] nlohmann::json user_object(const World& world, Snowflake user_id);
[[nodiscard]] nlohmann::json member_object(const World& world, const Member& member);
[[nodiscard]] nlohmann::json role_object(const Role& role);
[[nodiscard]] nlohmann::json guild_object(const World& world, bool with_counts);
[[nodiscard]] nlohmann::json channel_object(const World& world, const Channel& channel);
/// The channel as this user's client learns of it over the gateway: one they
/// cannot view keeps its place and loses everything else, unless the settings
/// have Discord's earlier rule.
[[nodiscard]] nlohmann::json shown_channel_object(const World& world, Snowflake user_id,
                                                  const Channel& channel);
/// With place and type alone: what is left of a channel that cannot be viewed.
[[nodiscard]] nlohmann::json obfuscated_channel_object(const World& world, const Channel& channel);
[[nodiscard]] nlohmann::json event_object(const World& world, const ScheduledEvent& event);
[[nodiscard]] nlohmann::json message_object(const World& world, const Message& message);
[[nodiscard]] nlohmann::json audit_entry_object(const AuditEntry& entry);

[[nodiscard]] inline std::string id_text(Snowflake id) {
    return std::to_string(id);
}

}  // namespace convene::sandbox
