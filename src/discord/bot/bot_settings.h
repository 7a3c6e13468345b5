// src/discord/bot/bot_settings.h: how a bot works, and what it works with.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "app/ports/clock.h"
#include "app/ports/database.h"
#include "app/ports/realizer.h"
#include "core/time/zone_table.h"
#include "discord/bot/worker_pool.h"
#include "discord/rest/rest_client.h"

namespace convene::discord {

struct BotSettings {
    std::string guild_id;
    std::string application_id;
    double time_limit_s = 0;  ///< of a search; 0: until it is proven best
    int solver_threads = 0;   ///< 0: as many as the machine has
    int front_threads = 4;    ///< take interactions in and answer autocomplete
    int job_threads = 2;      ///< jobs that may take minutes, at once
    std::chrono::milliseconds progress_interval{2000};
    std::chrono::milliseconds tick{2000};              ///< between two looks for jobs of the dead
    std::chrono::minutes top_up_interval{60};          ///< between two looks at realized cohorts; 0: never
    std::chrono::milliseconds join_pause{2000};        ///< after somebody joined, for others who come along
    std::chrono::milliseconds first_redelivery{2000};  ///< of a report; doubles up to a minute
};

/// Everything outlives the bot.
struct BotSurroundings {
    OpenDatabase open_database;
    const ZoneTable& zones;
    const Clock& clock;
    std::shared_ptr<RestClient> client;
    std::shared_ptr<RestClient> first_answers;
    std::function<std::unique_ptr<Realizer>(Database& database)> make_realizer;
};

}  // namespace convene::discord
