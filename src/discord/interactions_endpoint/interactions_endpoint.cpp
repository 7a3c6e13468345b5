#include "discord/interactions_endpoint/interactions_endpoint.h"

#include <nlohmann/json.hpp>

namespace convene::discord {
namespace {

constexpr int kPing = 1;

http::Response refuse(int status, const char* why) {
    return {status, {{"Content-Type", "text/plain"}}, std::string(why) + "\n", {}};
}

std::optional<int> type_of(const std::string& body) {
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("type") || !json["type"].is_number_integer()) return std::nullopt;
    return json["type"].get<int>();
}

}  // namespace

InteractionsEndpoint::InteractionsEndpoint(const std::string& public_key, OnInteraction on_interaction)
    : key_(public_key), on_interaction_(std::move(on_interaction)) {}

http::Response InteractionsEndpoint::answer(const http::Request& request, SystemTime now) const {
    if (request.method != "POST") return refuse(405, "interactions are posted");
    const auto signature =
        read_signature(request.header("x-signature-ed25519"), request.header("x-signature-timestamp"));
    if (!signature || !key_.verifies(signature->signature, signature->timestamp + request.body))
        return refuse(401, "invalid request signature");
    // What somebody recorded and sends again later is signed all the same.
    if (now - signature->time > kOldest || signature->time - now > kOldest)
        return refuse(401, "signed too long ago");
    const auto type = type_of(request.body);
    if (!type) return refuse(400, "not an interaction");
    if (*type == kPing) return {200, {{"Content-Type", "application/json"}}, R"({"type":1})", {}};
    if (!on_interaction_(request.body)) return refuse(503, "not taken in");
    return {202, {}, "", {}};
}

}  // namespace convene::discord
