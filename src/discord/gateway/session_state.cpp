#include "discord/gateway/session_state.h"

#include <nlohmann/json.hpp>

namespace convene::discord {

std::string print_session_state(const SessionState& state) {
    return nlohmann::json{{"session_id", state.session_id},
                          {"seq", state.seq},
                          {"resume_url", state.resume_url},
                          {"fingerprint", state.fingerprint}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<SessionState> parse_session_state(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const auto is_text = [&](const char* key) { return json.contains(key) && json[key].is_string(); };
    if (!is_text("session_id") || !is_text("resume_url") || !is_text("fingerprint")) return std::nullopt;
    if (!json.contains("seq") || !json["seq"].is_number_integer()) return std::nullopt;
    SessionState state{json["session_id"], json["seq"], json["resume_url"], json["fingerprint"]};
    if (state.session_id.empty() || state.resume_url.empty() || state.seq < 0) return std::nullopt;
    return state;
}

}  // namespace convene::discord
