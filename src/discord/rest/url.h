// src/discord/rest/url.h: the parts of an address, by libcurl's parser.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace convene::discord {

struct Url {
    std::string scheme;  ///< in lower case
    std::string user;    ///< decoded, as is the password
    std::string host;    ///< an IPv6 address in its brackets
    std::string port;    ///< empty when the address names none
    std::string path;    ///< at least "/"
    std::string query;
    std::string password{};
};

/// Any scheme. Nothing for what is no URL.
[[nodiscard]] std::optional<Url> parse_url(const std::string& text);

/// Whether what is sent to this host stays on this machine.
[[nodiscard]] bool is_loopback(std::string_view host);

}  // namespace convene::discord
