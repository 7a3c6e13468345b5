#include "discord/gateway/gateway_url.h"

#include "discord/rest/url.h"

namespace convene::discord {

std::optional<std::string> gateway_url_fault(const std::string& url) {
    const auto parts = parse_url(url);
    if (!parts || !parts->user.empty() || !parts->query.empty())
        return "the address of Discord's gateway is not one to connect to";
    if (url.starts_with("wss://") || (url.starts_with("ws://") && is_loopback(parts->host)))
        return std::nullopt;
    return "plain ws is accepted for loopback addresses only, the gateway must be at wss://";
}

std::string with_gateway_query(const std::string& url, bool compress) {
    return url + (url.ends_with('/') ? "" : "/") + "?v=10&encoding=json" +
           (compress ? "&compress=zlib-stream" : "");
}

}  // namespace convene::discord
