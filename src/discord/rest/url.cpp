#include "discord/rest/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <new>

namespace convene::discord {

std::optional<Url> parse_url(const std::string& text) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), curl_url_cleanup);
    if (!parsed) throw std::bad_alloc();
    if (curl_url_set(parsed.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return std::nullopt;
    const auto part = [&](CURLUPart which, unsigned int flags = 0) {
        char* value = nullptr;
        if (curl_url_get(parsed.get(), which, &value, flags) != CURLUE_OK) return std::string();
        const std::unique_ptr<char, decltype(&curl_free)> owner(value, curl_free);
        return std::string(value);
    };
    return Url{part(CURLUPART_SCHEME),
               part(CURLUPART_USER, CURLU_URLDECODE),
               part(CURLUPART_HOST),
               part(CURLUPART_PORT),
               part(CURLUPART_PATH),
               part(CURLUPART_QUERY),
               part(CURLUPART_PASSWORD, CURLU_URLDECODE)};
}

bool is_loopback(std::string_view host) {
    if (host == "localhost" || host == "[::1]") return true;
    if (!host.starts_with("127.")) return false;
    return std::all_of(host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace convene::discord
