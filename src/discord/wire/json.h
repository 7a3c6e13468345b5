// src/discord/wire/json.h: objects to Discord's JSON and back.
//
// Reading takes what Discord may send (explicit nulls, unknown fields, numbers
// for strings) and throws DiscordFailure when what convene relies on is missing.
#pragma once
#include <string>
#include <vector>

#include "discord/wire/objects.h"

namespace convene::discord {

[[nodiscard]] Guild read_guild(const std::string& json);
[[nodiscard]] Member read_member(const std::string& json);
[[nodiscard]] std::vector<Member> read_members(const std::string& json);
[[nodiscard]] std::string read_user_id(const std::string& json);
[[nodiscard]] Channel read_channel(const std::string& json);
[[nodiscard]] std::vector<Channel> read_channels(const std::string& json);
[[nodiscard]] ScheduledEvent read_event(const std::string& json);
[[nodiscard]] std::vector<ScheduledEvent> read_events(const std::string& json);
[[nodiscard]] Message read_message(const std::string& json);
[[nodiscard]] std::vector<Message> read_messages(const std::string& json);
/// What names no target is left out.
[[nodiscard]] std::vector<AuditEntry> read_audit_log(const std::string& json);

[[nodiscard]] std::string write_channel(const NewChannel& channel);
[[nodiscard]] std::string write_channel_change(const ChannelChange& change);
[[nodiscard]] std::string write_positions(const std::vector<ChannelPosition>& positions);
[[nodiscard]] std::string write_overwrite(const Overwrite& overwrite);
[[nodiscard]] std::string write_event(const NewEvent& event);
[[nodiscard]] std::string write_event_change(const EventChange& change);

/// `2026-10-07T15:00:00+00:00`, with or without fractions, any offset; cut to the minute.
[[nodiscard]] std::optional<Instant> parse_timestamp(const std::string& text);
/// The Date header of HTTP, `Sun, 06 Nov 1994 08:49:37 GMT`.
[[nodiscard]] std::optional<Instant> parse_http_date(const std::string& text);

}  // namespace convene::discord
