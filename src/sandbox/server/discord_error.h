// src/sandbox/server/discord_error.h: refusals in Discord's words.
#pragma once
#include <string>
#include <tl/expected.hpp>

namespace convene::sandbox {

struct DiscordError {
    int status = 400;  ///< HTTP
    int code = 0;      ///< Discord's JSON code; 0 for general ones
    std::string message;
    std::string errors;  ///< JSON object by field, empty for none
};

template <class Value>
using Result = tl::expected<Value, DiscordError>;
using Refusal = tl::unexpected<DiscordError>;

/// Status, code and wording as Discord has them, see discord_error.cpp.
namespace refuse {
[[nodiscard]] Refusal unknown_channel();
[[nodiscard]] Refusal unknown_guild();
[[nodiscard]] Refusal unknown_member();
[[nodiscard]] Refusal unknown_message();
[[nodiscard]] Refusal unknown_overwrite();
[[nodiscard]] Refusal unknown_role();
[[nodiscard]] Refusal unknown_scheduled_event();
[[nodiscard]] Refusal missing_access();
[[nodiscard]] Refusal missing_permissions();
[[nodiscard]] Refusal max_guild_channels(int limit);
[[nodiscard]] Refusal max_pins(int limit);
[[nodiscard]] Refusal max_uncompleted_events(int limit);
[[nodiscard]] Refusal max_overwrites(int limit);
[[nodiscard]] Refusal edit_of_foreign_message();
[[nodiscard]] Refusal empty_message();
[[nodiscard]] Refusal non_text_channel();
[[nodiscard]] Refusal wrong_channel_type();
[[nodiscard]] Refusal system_message();
[[nodiscard]] Refusal one_parent_at_a_time();
[[nodiscard]] Refusal finished_event();
[[nodiscard]] Refusal unknown_application();
[[nodiscard]] Refusal unknown_webhook();
[[nodiscard]] Refusal unknown_interaction();
[[nodiscard]] Refusal interaction_already_acknowledged();
[[nodiscard]] Refusal invalid_webhook_token();
[[nodiscard]] Refusal max_commands();
[[nodiscard]] Refusal max_daily_command_creates();
}  // namespace refuse
}  // namespace convene::sandbox
