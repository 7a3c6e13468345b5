// src/sandbox/server/users.h: what people do in their Discord client.
//
// A client offers only what is allowed and well formed, so whatever it would
// not offer is refused here in words, and no interaction comes of it.
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "sandbox/server/world.h"

namespace convene::sandbox {

struct Refused {
    int status = 400;  ///< 403 when the user lacks a permission
    std::string why;
};
using Started = tl::expected<Snowflake, Refused>;

/// Where and by whom. Without a channel it is the first one, in the order of
/// ids, in which the user can use commands.
struct Place {
    Snowflake user_id = 0;
    std::optional<Snowflake> channel_id;
    Instant now{};
};

/// Types a slash command. \param options  by name; texts stand for numbers
/// and truth values where the command asks for such.
[[nodiscard]] Started type_command(World& world, const Place& place, const std::string& name,
                                   const nlohmann::json& options);

/// Types into one option and waits for proposals.
[[nodiscard]] Started type_half(World& world, const Place& place, const std::string& name,
                                const std::string& option, const std::string& value,
                                const nlohmann::json& other_options);

/// Presses the button, or picks `values` in the select, of that custom id.
[[nodiscard]] Started press(World& world, const Place& place, Snowflake message_id,
                            const std::string& custom_id, const nlohmann::json& values);

}  // namespace convene::sandbox
