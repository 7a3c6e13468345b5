#include "discord/rest/api_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace convene::discord {
namespace {

std::string text_of(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    if (found->is_number_integer()) return std::to_string(found->get<long long>());
    return {};
}

void collect(const nlohmann::json& node, const std::string& path, std::vector<FieldError>& out) {
    if (!node.is_object()) return;
    for (const auto& [key, value] : node.items()) {
        if (key != "_errors") {
            collect(value, path.empty() ? key : path + "." + key, out);
            continue;
        }
        if (!value.is_array()) continue;
        for (const auto& error : value) {
            if (error.is_object()) out.push_back({path, text_of(error, "code"), text_of(error, "message")});
        }
    }
}

}  // namespace

bool ApiError::has_field_code(std::string_view field_code) const {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const FieldError& field) { return field.code == field_code; });
}

std::string ApiError::text() const {
    std::string text = fmt::format("HTTP {}", status);
    if (code != 0) text += fmt::format(", code {}", code);
    if (!message.empty()) text += fmt::format(": {}", message);
    for (const FieldError& field : fields) text += fmt::format("; {}: {}", field.path, field.message);
    return text;
}

ApiError parse_api_error(int status, const std::string& body) {
    ApiError error;
    error.status = status;
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object()) return error;
    if (const auto code = json.find("code"); code != json.end() && code->is_number_integer()) {
        error.code = code->get<int>();
    }
    error.message = text_of(json, "message");
    if (const auto errors = json.find("errors"); errors != json.end()) collect(*errors, "", error.fields);
    return error;
}

}  // namespace convene::discord
