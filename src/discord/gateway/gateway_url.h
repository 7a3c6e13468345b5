// src/discord/gateway/gateway_url.h: where the gateway is.
#pragma once
#include <optional>
#include <string>

namespace convene::discord {

/// Why the bot may not connect there, or nothing: `wss` is accepted for any host, plain `ws` for loopback
/// addresses only, since the token is the first thing that is sent.
[[nodiscard]] std::optional<std::string> gateway_url_fault(const std::string& url);

/// With version, encoding and, if wanted, compression.
[[nodiscard]] std::string with_gateway_query(const std::string& url, bool compress);

}  // namespace convene::discord
