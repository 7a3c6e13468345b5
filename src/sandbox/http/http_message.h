// src/sandbox/http/http_message.h: a request, and what becomes of it.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace convene::sandbox {

struct HttpRequest {
    std::string method;                          ///< "GET"
    std::string path;                            ///< without the query, still percent-encoded
    std::string query_text;                      ///< what followed the "?", as it came
    std::map<std::string, std::string> query;    ///< decoded; the last of equal names counts
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    /// The header's value, or "".
    [[nodiscard]] std::string header(const std::string& lower_case_name) const {
        const auto found = headers.find(lower_case_name);
        return found == headers.end() ? "" : found->second;
    }
};

struct HttpResponse {
    int status = 200;
    std::map<std::string, std::string> headers;
    std::string body;
};

class WebSocket;

/// How a request ends on the wire.
struct HttpOutcome {
    enum class Delivery {
        reply,  ///< `response` is sent
        drop,   ///< the connection closes without a byte
        hang,   ///< silence until the client gives up
        late,   ///< silence; once the client is gone, `after_client_left` runs
        talk,   ///< the connection becomes a WebSocket, and is `conversation`'s until that returns
    };
    Delivery delivery = Delivery::reply;
    HttpResponse response;
    std::function<void()> after_client_left;
    std::chrono::milliseconds pause{0};  ///< late: between the client's leaving and the call
    std::function<void(WebSocket&)> conversation;

    [[nodiscard]] static HttpOutcome with(HttpResponse response) {
        return {Delivery::reply, std::move(response), {}, {}, {}};
    }
    [[nodiscard]] static HttpOutcome dropped() { return {Delivery::drop, {}, {}, {}, {}}; }
    [[nodiscard]] static HttpOutcome hung() { return {Delivery::hang, {}, {}, {}, {}}; }
    [[nodiscard]] static HttpOutcome talking(std::function<void(WebSocket&)> conversation) {
        return {Delivery::talk, {}, {}, {}, std::move(conversation)};
    }
};

using HttpHandler = std::function<HttpOutcome(const HttpRequest&)>;

/// Undoes percent-encoding; `plus_is_space` as in query strings.
[[nodiscard]] std::string percent_decoded(const std::string& text, bool plus_is_space);

/// Sets path and query from a request's target: "/path?name=value".
void set_target(HttpRequest& request, const std::string& target);

}  // namespace convene::sandbox
