// src/discord/gateway/proxy.h: the way out of a network that only a proxy leads out of.
//
// The gateway takes the way that libcurl takes for the requests beside it: the same variables of the
// environment, read alike.
#pragma once
#include <functional>
#include <optional>
#include <string>

namespace convene::discord {

struct Proxy {
    std::string host;  ///< without brackets
    std::string port;
    std::string authorization{};  ///< for Proxy-Authorization, a secret; empty: none

    friend bool operator==(const Proxy&, const Proxy&) = default;
};

/// The value of a variable; empty when it is not set.
using Environment = std::function<std::string(const char* name)>;
[[nodiscard]] std::string process_environment(const char* name);

/// For an encrypted connection: the first of https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY that is set,
/// unless no_proxy (or NO_PROXY) names the host or a domain above it. Nothing: connect straight. \param host
/// as in a URL \throws DiscordFailure for a proxy that is not spoken to by HTTP
[[nodiscard]] std::optional<Proxy> proxy_for(const std::string& host, const Environment& environment);

}  // namespace convene::discord
