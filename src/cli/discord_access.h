// src/cli/discord_access.h: from the settings to what reaches Discord.
#pragma once
#include <optional>

#include "cli/adapters.h"
#include "cli/configuration.h"

namespace convene::cli {

/// Empty while the token or the server's id is not set.
[[nodiscard]] std::optional<DiscordAccess> discord_access(const Configuration& settings);

/// \throws BadInput that names what is not set
[[nodiscard]] DiscordAccess required_discord_access(const Configuration& settings);

}  // namespace convene::cli
