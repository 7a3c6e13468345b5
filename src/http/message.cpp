#include "http/message.h"

namespace convene::http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Empty for a percent sign without two digits.
std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' && plus_is_space ? ' ' : text[i];
            continue;
        }
        if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0)
            return std::nullopt;
        out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
        i += 2;
    }
    return out;
}

/// Calls `visit` for each part between separators, empty parts left out.
template <class Visit>
bool each_part(std::string_view text, char separator, Visit visit) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (end > 0 && !visit(text.substr(0, end))) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

}  // namespace

std::string Request::header(const std::string& lower_case_name) const {
    const auto found = headers.find(lower_case_name);
    return found == headers.end() ? "" : found->second;
}

std::string Request::cookie(std::string_view name) const {
    std::string value;
    const std::string all = header("cookie");
    each_part(all, ';', [&](std::string_view part) {
        while (part.starts_with(' ')) part.remove_prefix(1);
        const std::size_t equals = part.find('=');
        if (equals != std::string_view::npos && part.substr(0, equals) == name)
            value = part.substr(equals + 1);
        return true;
    });
    return value;
}

bool parse_target(std::string_view target, Request& request) {
    if (!target.starts_with('/')) return false;
    const std::size_t question = std::min(target.find('?'), target.size());
    const bool path = each_part(target.substr(0, question), '/', [&](std::string_view part) {
        auto segment = decoded(part, false);
        if (!segment) return false;
        request.path.push_back(*std::move(segment));
        return true;
    });
    if (!path || question == target.size()) return path;
    return each_part(target.substr(question + 1), '&', [&](std::string_view part) {
        const std::size_t equals = std::min(part.find('='), part.size());
        auto name = decoded(part.substr(0, equals), true);
        auto value = decoded(equals < part.size() ? part.substr(equals + 1) : "", true);
        if (!name || !value) return false;
        request.query[*name] = *std::move(value);
        return true;
    });
}

}  // namespace convene::http
