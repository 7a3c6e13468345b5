// The application's slash commands in the guild.
#include "sandbox/server/commands.h"

#include "sandbox/rest/call.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

Answer shown_commands(const World& world) {
    json commands = json::array();
    for (const auto& [id, command] : world.commands) commands.push_back(json::parse(command.shown));
    return {200, commands};
}

Result<Answer> list_commands(World& world, const Call& call) {
    if (call.id("application_id") != world.identity.application_id) return refuse::unknown_application();
    return shown_commands(world);
}

Result<Answer> set_commands(World& world, const Call& call) {
    if (call.id("application_id") != world.identity.application_id) return refuse::unknown_application();
    if (const auto replaced = replace_commands(world, call.act, call.body); !replaced) {
        return Refusal(replaced.error());
    }
    return shown_commands(world);
}
}  // namespace

const std::vector<Route>& command_routes() {
    static const std::vector<Route> routes{
        {"GET", "/applications/{application_id}/guilds/{guild_id}/commands",
         "list_guild_application_commands", list_commands},
        {"PUT", "/applications/{application_id}/guilds/{guild_id}/commands",
         "bulk_set_guild_application_commands", set_commands},
    };
    return routes;
}

}  // namespace convene::sandbox
