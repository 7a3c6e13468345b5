// src/http/message.h: a request, and what becomes of it.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convene::http {

struct Request {
    std::string method;                          ///< "GET"
    std::vector<std::string> path;               ///< segments, decoded: /api/v1/x is api, v1, x
    std::map<std::string, std::string> query;    ///< decoded; the last of equal names counts
    std::map<std::string, std::string> headers;  ///< names in lower case; repeated ones joined by ", "
    std::string body;
    std::string client;  ///< address of the other end, for rate limits

    /// The header's value, or "".
    [[nodiscard]] std::string header(const std::string& lower_case_name) const;
    /// The cookie's value, or "".
    [[nodiscard]] std::string cookie(std::string_view name) const;
};

/// Where a response that goes on writes.
class Sink {
public:
    virtual ~Sink() = default;
    /// False once the other end has left or the server stops: nothing more need be said.
    virtual bool write(std::string_view bytes) = 0;
    [[nodiscard]] virtual bool open() const = 0;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// When set, called after the headers were sent, instead of sending `body`; the connection closes after.
    std::function<void(Sink&)> stream;
};

using Handler = std::function<Response(const Request&)>;

/// Splits and decodes what stands in a request line. False when it is no path of this server.
[[nodiscard]] bool parse_target(std::string_view target, Request& request);

}  // namespace convene::http
