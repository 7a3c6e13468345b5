// src/discord/gateway/gateway_info.h: GET /gateway/bot: where to connect, and how many new sessions are left.
#pragma once
#include <chrono>
#include <optional>
#include <string>

namespace convene::discord {

struct GatewayInfo {
    std::string url;  ///< `wss://gateway.discord.gg`
    int total = 0;    ///< Identifies allowed in a day
    int remaining = 0;
    std::chrono::milliseconds reset_after{0};
    int max_concurrency = 1;
};

/// \throws DiscordFailure for text that names no URL or no limit
[[nodiscard]] GatewayInfo read_gateway_info(const std::string& json);

}  // namespace convene::discord
