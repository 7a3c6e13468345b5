#include "cli/discord_access.h"

#include "cli/bad_input.h"

namespace convene::cli {

std::optional<DiscordAccess> discord_access(const Configuration& settings) {
    if (!settings.discord_token || !settings.discord_guild_id) return std::nullopt;
    return DiscordAccess{settings.discord_api_base, *settings.discord_token, *settings.discord_guild_id,
                         settings.discord_application_id.value_or(""), settings.discord_timeout};
}

DiscordAccess required_discord_access(const Configuration& settings) {
    if (auto access = discord_access(settings)) return *access;
    const std::string where = "not set, neither in the environment nor in convene.toml";
    InputFaults faults;
    if (!settings.discord_token) faults.push_back({"DISCORD_TOKEN", "", where});
    if (!settings.discord_guild_id) faults.push_back({"DISCORD_GUILD_ID", "", where});
    throw BadInput("", faults, "`convene sandbox` gives both, and a server to rehearse on.");
}

}  // namespace convene::cli
