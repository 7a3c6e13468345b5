// src/discord/wire/message_parts.h: the JSON of messages, for the files of wire/ that write one.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "discord/wire/objects.h"

namespace convene::discord {

/// `whole`: empty parts are written too.
[[nodiscard]] nlohmann::json message_json(const NewMessage& message, bool whole);

/// Text that came from people may hold bytes that are no UTF-8: they become U+FFFD.
[[nodiscard]] std::string dump(const nlohmann::json& json);

}  // namespace convene::discord
