// src/discord/doctor/examine.h: is everything on Discord's side as it must be?
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "app/doctor_line.h"
#include "discord/rest/rest_client.h"

namespace convene::discord {

/// Reads only. What cannot be looked at because something before it failed is left out.
/// \param members_intent  whether the bot is to hear of people who join
/// \param now  by this machine's clock
[[nodiscard]] std::vector<DoctorLine> examine(RestClient& client, const std::string& guild_id,
                                              const std::string& application_id, bool members_intent,
                                              std::chrono::system_clock::time_point now);

}  // namespace convene::discord
