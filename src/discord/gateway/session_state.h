// src/discord/gateway/session_state.h: what it takes to continue a gateway session.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convene::discord {

/// Kept over a restart so that what happened meanwhile is replayed instead of lost.
struct SessionState {
    std::string session_id;
    std::int64_t seq = 0;     ///< of the last event received
    std::string resume_url;   ///< as READY named it, without query
    std::string fingerprint;  ///< of the bot and intents it belongs to: see GatewaySession::Settings

    friend bool operator==(const SessionState&, const SessionState&) = default;
};

/// One line of JSON.
[[nodiscard]] std::string print_session_state(const SessionState& state);
/// Nothing for text that is not from print_session_state().
[[nodiscard]] std::optional<SessionState> parse_session_state(std::string_view text);

}  // namespace convene::discord
