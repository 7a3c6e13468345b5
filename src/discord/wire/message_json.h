// src/discord/wire/message_json.h: messages to Discord's JSON.
//
// Each says whom it may notify: without that Discord takes every @name in it for a mention.
#pragma once
#include <string>
#include <vector>

#include "discord/wire/objects.h"

namespace convene::discord {

/// Body of a POST: empty parts are left out.
[[nodiscard]] std::string write_message(const NewMessage& message);

/// Body of a PATCH: every part is there, so that what the message showed before goes.
[[nodiscard]] std::string write_message_edit(const NewMessage& message);

/// Embeds as a JSON list, and back; to be kept.
[[nodiscard]] std::string write_embeds(const std::vector<Embed>& embeds);
/// \throws DiscordFailure for what write_embeds did not write
[[nodiscard]] std::vector<Embed> read_embeds(const std::string& json);

}  // namespace convene::discord
