// src/discord/realize/observe.h: asks Discord, with as few requests as will do.
#pragma once
#include "app/failure.h"
#include "discord/realize/discord_api.h"
#include "discord/realize/observed_server.h"

namespace convene::discord {

/// Guild, the bot's own membership, channels and events: five requests at once, four once the bot knows its
/// id. \param known   what need not be asked again
/// \param people  who is looked for in the list of members at the same time; may be empty
/// \throws DiscordFailure
[[nodiscard]] ObservedServer observe_server(DiscordApi& api, std::string& own_user_id, int threads,
                                            const DiscordApi::ShouldStop& stop, ObservedServer known = {},
                                            const std::set<std::string>& people = {});

/// From so many people on, one request for all of them is tried first.
inline constexpr std::size_t kManyPeople = 8;

/// Finds out by the list of members who of the wanted is on the server.
/// \returns false when the bot may not see it, which the server remembers
/// \throws DiscordFailure
bool list_people(DiscordApi& api, const std::set<std::string>& wanted, ObservedServer& server,
                 const DiscordApi::ShouldStop& stop);

/// Asks for one of them. \throws DiscordFailure
[[nodiscard]] bool is_on_server(DiscordApi& api, const std::string& user_id,
                                const DiscordApi::ShouldStop& stop);

/// Finds out what a plan asks for and adds it.
/// \throws DiscordFailure
void answer_questions(DiscordApi& api, const Questions& questions, ObservedServer& server, int threads,
                      const DiscordApi::ShouldStop& stop);

/// Turns an error of a read into the failure to throw.
[[nodiscard]] DiscordFailure failure_of(const RestError& error);

}  // namespace convene::discord
