#include "discord/gateway/frame.h"

#include <nlohmann/json.hpp>

namespace convene::discord {
namespace {

using nlohmann::json;

std::string text_in(const json& object, const char* key) {
    if (!object.is_object()) return "";
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<std::int64_t> number_in(const json& object, const char* key) {
    if (!object.is_object()) return std::nullopt;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

std::string frame_text(GatewayOp op, const json& data) {
    return json{{"op", static_cast<int>(op)}, {"d", data}}.dump(-1, ' ', false,
                                                                json::error_handler_t::replace);
}

}  // namespace

std::optional<Frame> read_frame(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    const auto op = number_in(document, "op");
    if (!op || *op < 0 || *op > 1000) return std::nullopt;
    Frame frame;
    frame.op = static_cast<int>(*op);
    frame.seq = number_in(document, "s");
    frame.event = text_in(document, "t");
    const auto found = document.find("d");
    if (found == document.end()) return frame;
    switch (static_cast<GatewayOp>(frame.op)) {
        case GatewayOp::dispatch:
            if (frame.event.empty()) return std::nullopt;
            frame.session_id = text_in(*found, "session_id");
            frame.resume_url = text_in(*found, "resume_gateway_url");
            frame.data = found->dump(-1, ' ', false, json::error_handler_t::replace);
            break;
        case GatewayOp::hello:
            frame.heartbeat_interval_ms = number_in(*found, "heartbeat_interval");
            break;
        case GatewayOp::invalid_session:
            frame.resumable = found->is_boolean() && found->get<bool>();
            break;
        default:
            break;
    }
    return frame;
}

std::string heartbeat_frame(std::optional<std::int64_t> seq) {
    return frame_text(GatewayOp::heartbeat, seq ? json(*seq) : json(nullptr));
}

std::string identify_frame(const std::string& token, int intents) {
    return frame_text(GatewayOp::identify,
                      {{"token", token},
                       {"intents", intents},
                       {"properties", {{"os", "linux"}, {"browser", "convene"}, {"device", "convene"}}}});
}

std::string resume_frame(const std::string& token, const std::string& session_id, std::int64_t seq) {
    return frame_text(GatewayOp::resume, {{"token", token}, {"session_id", session_id}, {"seq", seq}});
}

}  // namespace convene::discord
