#include "discord/realize/pace.h"

#include <algorithm>

namespace convene::discord {

std::optional<std::chrono::seconds> expected_remaining(const RestClient& client, const Pace& pace) {
    if (pace.done == 0) return std::nullopt;
    Duration limits{0};
    for (const auto& [route, count] : pace.waiting) limits = std::max(limits, client.time_for(route, count));
    if (limits > Duration::zero()) return std::chrono::ceil<std::chrono::seconds>(limits);
    return std::chrono::ceil<std::chrono::seconds>(pace.elapsed * pace.left / pace.done);
}

}  // namespace convene::discord
