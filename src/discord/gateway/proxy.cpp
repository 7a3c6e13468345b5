#include "discord/gateway/proxy.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <cstdlib>
#include <vector>

#include "app/failure.h"
#include "app/name_match.h"
#include "discord/rest/url.h"

namespace convene::discord {
namespace {

constexpr const char* kUsualPort = "1080";  // libcurl's, for proxies of every kind

std::string base64(const std::string& text) {
    std::vector<unsigned char> coded(4 * ((text.size() + 2) / 3) + 1);
    const int size = EVP_EncodeBlock(coded.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
    return {coded.begin(), coded.begin() + size};
}

std::string without_dots_around(std::string name) {
    if (name.ends_with('.')) name.pop_back();
    if (name.starts_with('.')) name.erase(0, 1);
    return lower_case(name);
}

bool names(const std::string& entry, const std::string& host) {
    if (entry.empty()) return false;
    return host == entry || host.ends_with('.' + entry);
}

bool is_exempt(const std::string& host, const std::string& list) {
    if (list == "*") return true;
    const std::string wanted = without_dots_around(host);
    std::string entry;
    for (const char c : list + ',') {
        if (c != ',' && c != ' ') {
            entry += c;
            continue;
        }
        if (names(without_dots_around(entry), wanted)) return true;
        entry.clear();
    }
    return false;
}

std::string without_brackets(const std::string& host) {
    return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

}  // namespace

std::string process_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::optional<Proxy> proxy_for(const std::string& host, const Environment& environment) {
    for (const char* name : {"no_proxy", "NO_PROXY"}) {
        const std::string list = environment(name);
        if (list.empty()) continue;
        if (is_exempt(host, list)) return std::nullopt;
        break;
    }
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        const std::string value = environment(name);
        if (value.empty()) continue;
        const auto url = parse_url(value.find("://") == std::string::npos ? "http://" + value : value);
        if (!url) throw DiscordFailure(fmt::format("{} is no address of a proxy", name), Retry::useless);
        if (url->scheme != "http")
            throw DiscordFailure(fmt::format("{} names a proxy of kind {}; Discord's gateway can be reached "
                                             "through one of kind http only",
                                             name, url->scheme),
                                 Retry::useless);
        Proxy proxy{without_brackets(url->host), url->port.empty() ? kUsualPort : url->port};
        if (!url->user.empty()) proxy.authorization = "Basic " + base64(url->user + ':' + url->password);
        return proxy;
    }
    return std::nullopt;
}

}  // namespace convene::discord
