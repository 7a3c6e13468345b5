// src/discord/realize/pace.h: when will it be done?
#pragma once
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "discord/rest/rest_client.h"

namespace convene::discord {

/// How a run stands.
struct Pace {
    std::vector<std::pair<Route, int>> waiting;  ///< requests still to send, by the limit they share
    int done = 0;
    int left = 0;
    std::chrono::duration<double> elapsed{0};
};

/// The least that Discord's limits demand of what waits, and not less than the pace so far says
/// where no limit is near. Empty before anything is done.
[[nodiscard]] std::optional<std::chrono::seconds> expected_remaining(const RestClient& client,
                                                                     const Pace& pace);

}  // namespace convene::discord
