// src/sandbox/state/starting_guild.h: the server that a fresh sandbox opens with.
#pragma once
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/server/world.h"

namespace convene::sandbox {

/// A small server: an owner, a bot with the permissions that realization needs
/// (by the role it was invited with), @everyone with the usual ones, "general".
/// Token and ids are new each time.
[[nodiscard]] World default_world(Instant now);

/// Changes a default world into the one that the guild file describes
/// (docs/sandbox.md § Guild file). Returns what is wrong with it, one line each.
[[nodiscard]] std::vector<std::string> apply_guild_file(World& world, const nlohmann::json& description,
                                                        Instant now);

/// The world to open with, from the file when there is one.
/// \throws SandboxFailure listing every fault of the file
[[nodiscard]] World starting_world(const std::optional<std::filesystem::path>& guild_file, Instant now);

}  // namespace convene::sandbox
