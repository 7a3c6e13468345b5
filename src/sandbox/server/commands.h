// src/sandbox/server/commands.h: the slash commands an application has registered.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "sandbox/server/act.h"

namespace convene::sandbox {

/// PUT /applications/{id}/guilds/{id}/commands: the whole list, in place of
/// what there was. A command of the same name keeps its id, and its version
/// too when nothing about it changed.
[[nodiscard]] Result<void> replace_commands(World& world, const Act& act, const nlohmann::json& body);

[[nodiscard]] const Command* find_command(const World& world, const std::string& name);

/// Whether this member's client offers the command: its
/// `default_member_permissions`, and leave to use commands in the channel.
[[nodiscard]] bool may_use(const World& world, Snowflake user_id, const Channel& channel,
                           const Command& command);

}  // namespace convene::sandbox
