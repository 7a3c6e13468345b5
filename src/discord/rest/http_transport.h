// src/discord/rest/http_transport.h: one HTTP exchange, and how it can fail.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace convene::discord {

struct HttpRequest {
    std::string method;  ///< `GET`, …
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;  ///< sent when not empty
    std::chrono::milliseconds timeout{15000};
};

struct HttpResponse {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
    /// How long it took to open the connection: once there and back, before the server had anything to do.
    /// Empty where one was open already.
    std::optional<std::chrono::microseconds> connecting{};
};

struct TransportFault {
    bool may_have_been_sent = true;  ///< false: the server has seen nothing of it
    std::string message;             ///< without address, header or body
};

/// Any number of threads may call send() at once.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;
    [[nodiscard]] virtual tl::expected<HttpResponse, TransportFault> send(const HttpRequest& request) = 0;
};

}  // namespace convene::discord
