// src/web/reply.h: replies in JSON, and refusals.
#pragma once
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "http/message.h"

namespace convene::web {

using http::Request;
using http::Response;
using Json = nlohmann::ordered_json;

/// A request that is not carried out. Thrown by handlers, sent as `{"error": {"code", "message", …}}`.
class Refusal : public std::runtime_error {
public:
    Refusal(int status, std::string code, const std::string& message, Json more = Json::object())
        : std::runtime_error(message), status_(status), code_(std::move(code)), more_(std::move(more)) {}
    [[nodiscard]] int status() const noexcept { return status_; }
    [[nodiscard]] Response response() const;

private:
    int status_;
    std::string code_;
    Json more_;
};

/// Text that is no UTF-8 is mended: names come from outside.
[[nodiscard]] Response json_reply(const Json& document, int status = 200);

/// The body as a JSON object. \throws Refusal
[[nodiscard]] Json object_of(const Request& request);
/// Values of a body; empty without the key or with null. \throws Refusal for another type
[[nodiscard]] std::optional<std::string> text_in(const Json& object, const char* key);
[[nodiscard]] std::optional<std::int64_t> number_in(const Json& object, const char* key);
/// A number that lies outside least…most is refused too.
[[nodiscard]] std::optional<int> number_in(const Json& object, const char* key, int least, int most);
[[nodiscard]] std::optional<bool> flag_in(const Json& object, const char* key);

}  // namespace convene::web
