// src/discord/realize/observe.h: asks Discord, with as few requests as will do.
#pragma once
#include "app/failure.h"
#include "discord/realize/discord_api.h"
#include "discord/realize/observed_server.h"

namespace convene::discord {

/// Guild, the bot's own membership, channels and events: five requests, four once the bot knows its id.
/// \throws DiscordFailure
[[nodiscard]] ObservedServer observe_server(DiscordApi& api, std::string& own_user_id,
                                            const DiscordApi::ShouldStop& stop);

/// Finds out what a plan asks for and adds it.
/// \throws DiscordFailure
void answer_questions(DiscordApi& api, const Questions& questions, ObservedServer& server, int threads,
                      const DiscordApi::ShouldStop& stop);

/// Turns an error of a read into the failure to throw.
[[nodiscard]] DiscordFailure failure_of(const RestError& error);

}  // namespace convene::discord
