#include "sandbox/state/starting_guild.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sandbox/endpoint/signing_key.h"
#include "sandbox/sandbox_process.h"
#include "sandbox/server/random_characters.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

Member make_member(Snowflake id, std::string username, Instant joined_at) {
    Member member;
    member.id = id;
    member.username = std::move(username);
    member.joined_at = joined_at;
    return member;
}

Channel make_channel(Snowflake id, ChannelType type, std::string name, int position) {
    Channel channel;
    channel.id = id;
    channel.type = type;
    channel.name = std::move(name);
    channel.position = position;
    return channel;
}

}  // namespace

World default_world(Instant now) {
    World world;
    // The server is a month old; its ids are too.
    const Instant founded = now - std::chrono::days(30);
    world.identity.admin_user_id = world.ids.next(founded - std::chrono::days(400));
    world.identity.application_id = world.ids.next(founded - std::chrono::days(2));
    world.identity.bot_user_id = world.ids.next(founded - std::chrono::days(1));
    world.identity.token =
        fmt::format("{}.{}.{}", random_characters(26), random_characters(6), random_characters(38));
    world.identity.signing_key = new_signing_key();
    world.guild_id = world.ids.next(founded);
    world.guild_name = "Rehearsal";
    world.owner_id = world.identity.admin_user_id;

    Role everyone;
    everyone.id = world.guild_id;
    everyone.name = "@everyone";
    everyone.permissions = permission::kEveryoneDefault;
    world.roles.emplace(everyone.id, everyone);
    Role bot_role;
    bot_role.id = world.ids.next(founded);
    bot_role.name = "convene";
    bot_role.permissions = permission::kBotInstall;
    bot_role.position = 1;
    bot_role.bot_id = world.identity.bot_user_id;
    world.roles.emplace(bot_role.id, bot_role);

    Member admin = make_member(world.identity.admin_user_id, "organiser", founded);
    admin.global_name = "The Organiser";
    world.members.emplace(admin.id, admin);
    Member bot = make_member(world.identity.bot_user_id, "convene", founded);
    bot.bot = true;
    bot.roles = {bot_role.id};
    world.members.emplace(bot.id, bot);

    const Channel general = make_channel(world.ids.next(founded), ChannelType::text, "general", 0);
    world.channels.emplace(general.id, general);
    return world;
}

World starting_world(const std::optional<std::filesystem::path>& guild_file, Instant now) {
    World world = default_world(now);
    if (!guild_file) return world;
    std::ifstream in(*guild_file);
    if (!in) throw SandboxFailure(fmt::format("{}: cannot be read", guild_file->string()), true);
    const json description = json::parse(in, nullptr, false);
    std::vector<std::string> faults{"not JSON"};
    if (!description.is_discarded()) faults = apply_guild_file(world, description, now);
    if (faults.empty()) return world;
    std::string message;
    for (const std::string& fault : faults)
        message += fmt::format("{}{}: {}", message.empty() ? "" : "\n", guild_file->string(), fault);
    throw SandboxFailure(message, true);
}

}  // namespace convene::sandbox
