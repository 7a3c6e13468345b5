#include "web/reply.h"

namespace convene::web {
namespace {

[[noreturn]] void refuse_value(const char* key, const char* expected) {
    throw Refusal(400, "bad_request", std::string(key) + ": expected " + expected);
}

const Json* value_in(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

}  // namespace

Response Refusal::response() const {
    Json error = {{"code", code_}, {"message", what()}};
    for (const auto& [key, value] : more_.items()) error[key] = value;
    return json_reply({{"error", error}}, status_);
}

Response json_reply(const Json& document, int status) {
    return {status,
            {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
            document.dump(-1, ' ', false, Json::error_handler_t::replace),
            {}};
}

Json object_of(const Request& request) {
    if (!request.header("content-type").starts_with("application/json"))
        throw Refusal(415, "bad_request", "expected a body of application/json");
    Json document = Json::parse(request.body, nullptr, false);
    if (!document.is_object()) throw Refusal(400, "bad_request", "expected a JSON object");
    return document;
}

std::optional<std::string> text_in(const Json& object, const char* key) {
    const Json* value = value_in(object, key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_string()) refuse_value(key, "a text");
    return value->get<std::string>();
}

std::optional<std::int64_t> number_in(const Json& object, const char* key) {
    const Json* value = value_in(object, key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number_integer()) refuse_value(key, "a whole number");
    return value->get<std::int64_t>();
}

std::optional<int> number_in(const Json& object, const char* key, int least, int most) {
    const auto value = number_in(object, key);
    if (!value) return std::nullopt;
    if (*value < least || *value > most)
        throw Refusal(
            400, "bad_request",
            std::string(key) + ": lies outside " + std::to_string(least) + "…" + std::to_string(most));
    return static_cast<int>(*value);
}

std::optional<bool> flag_in(const Json& object, const char* key) {
    const Json* value = value_in(object, key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_boolean()) refuse_value(key, "true or false");
    return value->get<bool>();
}

}  // namespace convene::web
