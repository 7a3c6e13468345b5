// src/discord/bot/account.h: who the bot is, and what Discord has been told that it can do.
#pragma once
#include <string>
#include <vector>

#include "discord/rest/rest_client.h"
#include "discord/wire/command_json.h"

namespace convene::discord {

struct BotAccount {
    std::string user_id;
    std::string name;
    std::string application_id;
    std::string public_key;       ///< for the HTTP form of interactions; may be empty
    bool members_intent = false;  ///< GUILD_MEMBERS is switched on in the developer portal
};

/// Asks Discord. \param application_id  when it is known; may be empty
/// \throws DiscordFailure that says what helps
[[nodiscard]] BotAccount look_up_account(RestClient& client, const std::string& application_id);

/// Makes Discord's list of commands the given one. \returns whether it had to be changed
/// \throws DiscordFailure that says what helps
bool register_commands(RestClient& client, const std::string& application_id, const std::string& guild_id,
                       const std::vector<CommandDefinition>& commands);

/// What a server's administrator opens to add the bot, with the permissions it needs and no others.
[[nodiscard]] std::string invite_link(const std::string& application_id);

}  // namespace convene::discord
