#include "sandbox/http/http_message.h"

#include <algorithm>

namespace convene::sandbox {
namespace {
int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}
}  // namespace

std::string percent_decoded(const std::string& text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                            hex_digit(text[i + 2]) >= 0;
        if (escape) {
            out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
            i += 2;
        } else {
            out.push_back(text[i] == '+' && plus_is_space ? ' ' : text[i]);
        }
    }
    return out;
}

void set_target(HttpRequest& request, const std::string& target) {
    const std::size_t question = target.find('?');
    request.path = target.substr(0, question);
    if (question == std::string::npos) return;
    const std::string rest = target.substr(question + 1);
    request.query_text = rest;
    for (std::size_t begin = 0; begin <= rest.size();) {
        const std::size_t end = std::min(rest.find('&', begin), rest.size());
        const std::string pair = rest.substr(begin, end - begin);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (!pair.empty()) {
            request.query[percent_decoded(pair.substr(0, equals), true)] =
                equals < pair.size() ? percent_decoded(pair.substr(equals + 1), true) : "";
        }
        begin = end + 1;
    }
}

}  // namespace convene::sandbox
