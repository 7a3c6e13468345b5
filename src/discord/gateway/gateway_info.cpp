#include "discord/gateway/gateway_info.h"

#include <nlohmann/json.hpp>

#include "app/failure.h"

namespace convene::discord {
namespace {

std::int64_t number_in(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) {
        throw DiscordFailure(std::string("GET /gateway/bot: no number in \"") + key + "\"", Retry::safe);
    }
    return found->get<std::int64_t>();
}

}  // namespace

GatewayInfo read_gateway_info(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const bool has_url = json.is_object() && json.contains("url") && json["url"].is_string();
    if (!has_url || !json.contains("session_start_limit") || !json["session_start_limit"].is_object()) {
        throw DiscordFailure("GET /gateway/bot: no address or no session_start_limit in the answer",
                             Retry::safe);
    }
    const nlohmann::json& limit = json["session_start_limit"];
    GatewayInfo info;
    info.url = json["url"].get<std::string>();
    info.total = static_cast<int>(number_in(limit, "total"));
    info.remaining = static_cast<int>(number_in(limit, "remaining"));
    info.reset_after = std::chrono::milliseconds(number_in(limit, "reset_after"));
    info.max_concurrency = static_cast<int>(number_in(limit, "max_concurrency"));
    return info;
}

}  // namespace convene::discord
