// src/discord/make_realizer.h: what main.cpp needs to reach Discord.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "app/ports/clock.h"
#include "app/ports/realization_store.h"
#include "app/ports/realizer.h"
#include "core/time/zone_table.h"
#include "discord/rest/rest_client.h"

namespace convene::discord {

struct Configuration {
    std::string api_base = "https://discord.com/api/v10";
    std::string token;
    std::string guild_id;
    std::string application_id;  ///< may be empty
    std::chrono::milliseconds request_timeout{10000};
    int threads = 10;  ///< requests at once, as far as Discord's limits allow
};

/// What is wrong with it, in one sentence that names the setting and never shows the token; or nothing.
/// Plain http is accepted for loopback addresses only.
[[nodiscard]] std::optional<std::string> configuration_fault(const Configuration& configuration);

/// Sends nothing yet. The references must outlive the realizer.
/// \throws std::invalid_argument when configuration_fault() finds one
[[nodiscard]] std::unique_ptr<Realizer> make_realizer(const Configuration& configuration,
                                                      RealizationStore& store, const ZoneTable& zones,
                                                      const Clock& clock);

/// Likewise, with a client that others use, too, so that all know of each other's limits.
[[nodiscard]] std::unique_ptr<Realizer> make_realizer(const Configuration& configuration,
                                                      std::shared_ptr<RestClient> client,
                                                      RealizationStore& store, const ZoneTable& zones,
                                                      const Clock& clock);

}  // namespace convene::discord
