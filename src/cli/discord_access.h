// src/cli/discord_access.h: how Discord is reached, out of the configuration.
#pragma once
#include "cli/adapters.h"
#include "cli/configuration.h"

namespace convene::cli {

/// \throws BadInput that names what is not set
[[nodiscard]] DiscordAccess discord_access(const Configuration& settings);

}  // namespace convene::cli
