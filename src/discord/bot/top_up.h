// src/discord/bot/top_up.h: realized cohorts looked after while time passes and people join.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "discord/bot/bot_settings.h"
#include "discord/bot/metrics.h"

namespace convene::discord {

/// Of every cohort that has homes on Discord: access for members who have joined the server since, and the
/// events that have come within reach of the limit. Groups without homes are left alone: that is for
/// `/realize-groups`. \param joined  only cohorts that have one of these users in a running group
void top_up_cohorts(Database& database, const BotSurroundings& surroundings, Metrics& metrics,
                    const std::optional<std::set<std::string>>& joined,
                    const std::function<bool()>& should_stop);

}  // namespace convene::discord
