#include "discord/rest/route.h"

#include <stdexcept>

namespace convene::discord {

std::string_view to_string(Method method) noexcept {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::del:
            return "DELETE";
    }
    return "";
}

Route::Route(Method method, std::string_view path, std::initializer_list<std::string_view> values)
    : method_(method) {
    name_ = std::string(to_string(method)) + " " + std::string(path.substr(0, path.find('?')));
    const auto* value = values.begin();
    while (!path.empty()) {
        const std::size_t open = path.find('{');
        path_ += path.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = path.find('}', open);
        if (close == std::string_view::npos || value == values.end()) {
            throw std::invalid_argument("route " + name_ + ": placeholders and values do not match");
        }
        const std::string_view placeholder = path.substr(open + 1, close - open - 1);
        const bool first = major_.empty();
        if (first &&
            (placeholder == "guild_id" || placeholder == "channel_id" || placeholder == "webhook_id")) {
            major_ = *value;
        } else if (placeholder == "webhook_token") {
            major_ += "/" + std::string(*value);
        }
        path_ += *value++;
        path.remove_prefix(close + 1);
    }
    if (value != values.end()) throw std::invalid_argument("route " + name_ + ": too many values");
    counts_globally_ = !path_.starts_with("/interactions/") && !path_.starts_with("/webhooks/");
}

}  // namespace convene::discord
