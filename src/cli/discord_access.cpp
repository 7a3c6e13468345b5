#include "cli/discord_access.h"

#include "cli/bad_input.h"

namespace convene::cli {

DiscordAccess discord_access(const Configuration& settings) {
    InputFaults faults;
    const std::string where = "not set, neither in the environment nor in convene.toml";
    if (!settings.discord_token) faults.push_back({"DISCORD_TOKEN", "", where});
    if (!settings.discord_guild_id) faults.push_back({"DISCORD_GUILD_ID", "", where});
    if (!faults.empty())
        throw BadInput("", faults, "`convene sandbox` gives both, and a server to rehearse on.");
    return {settings.discord_api_base, *settings.discord_token, *settings.discord_guild_id,
            settings.discord_application_id.value_or("")};
}

}  // namespace convene::cli
