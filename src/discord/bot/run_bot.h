// src/discord/bot/run_bot.h: the bot from its first look at Discord until it is told to stop.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "discord/bot/bot_settings.h"
#include "discord/make_realizer.h"

namespace convene::discord {

struct Listening {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0 picks a free one
};

/// Interactions arrive from now on. What it listens on besides; addresses for people, empty where it does
/// not.
struct BotReady {
    std::string name;
    std::string interactions;
    std::string metrics;
};

struct RunBotOptions {
    Configuration discord;
    OpenDatabase open_database;
    const ZoneTable& zones;
    const Clock& clock;
    double time_limit_s = 0;
    int solver_threads = 0;
    bool members_intent = false;            ///< hear of people who join
    std::optional<int> top_up_minutes;      ///< 0: never; empty: as the intent suggests
    std::optional<Listening> interactions;  ///< instead of the gateway
    std::optional<Listening> metrics;
    std::function<void(const BotReady&)> on_ready;
    std::function<bool()> should_stop;  ///< asked often
};

/// Returns when it is told to stop: what was begun is finished or parked. \throws Failure when it cannot go
/// on
void run_bot(const RunBotOptions& options);

}  // namespace convene::discord
