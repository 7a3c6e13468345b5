// src/discord/gateway/frame.h: what travels on the gateway.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convene::discord {

enum class GatewayOp {
    dispatch = 0,
    heartbeat = 1,
    identify = 2,
    resume = 6,
    reconnect = 7,
    invalid_session = 9,
    hello = 10,
    heartbeat_ack = 11,
};

struct Frame {
    int op = 0;
    std::optional<std::int64_t> seq;
    std::string event;  ///< `t`; empty unless dispatched
    std::string data;   ///< JSON text of `d`

    // Out of `d`, for the frames that have them.
    std::optional<std::int64_t> heartbeat_interval_ms;
    bool resumable = false;
    std::string session_id;
    std::string resume_url;
};

/// Nothing for what is no frame of the gateway.
[[nodiscard]] std::optional<Frame> read_frame(std::string_view text);

/// \param seq  nothing before the first event
[[nodiscard]] std::string heartbeat_frame(std::optional<std::int64_t> seq);
[[nodiscard]] std::string identify_frame(const std::string& token, int intents);
[[nodiscard]] std::string resume_frame(const std::string& token, const std::string& session_id,
                                       std::int64_t seq);

}  // namespace convene::discord
