#include "discord/wire/command_json.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "discord/wire/message_parts.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;

constexpr int kChatInput = 1;
// No permission at all: administrators only.
constexpr const char* kAdministrators = "0";

Json option_json(const CommandOption& option) {
    Json json = {
        {"type", static_cast<int>(option.type)}, {"name", option.name}, {"description", option.description}};
    if (option.required) json["required"] = true;
    if (option.autocomplete) json["autocomplete"] = true;
    if (option.min) json["min_value"] = *option.min;
    if (option.max) json["max_value"] = *option.max;
    return json;
}

Json command_json(const CommandDefinition& command) {
    Json json = {{"type", kChatInput},
                 {"name", command.name},
                 {"description", command.description},
                 {"default_member_permissions", kAdministrators},
                 {"options", Json::array()}};
    for (const CommandOption& option : command.options) json["options"].push_back(option_json(option));
    return json;
}

/// 4.0 as 4; everything else as it is.
Json plain_number(const Json& value) {
    constexpr double kExact = 9007199254740992.0;  // from here on, doubles leave integers out
    if (!value.is_number_float()) return value;
    const double number = value.get<double>();
    if (std::abs(number) >= kExact || number != std::trunc(number)) return value;
    return static_cast<std::int64_t>(number);
}

/// What convene says of an option, without what equals a default; numbers by value, 4.0 as 4.
Json plain_option(const Json& option) {
    Json plain = Json::object();
    if (!option.is_object()) return plain;
    for (const char* key : {"type", "name", "description", "required", "autocomplete", "min_value",
                            "max_value", "min_length", "max_length", "choices", "options"}) {
        const auto found = option.find(key);
        if (found == option.end() || found->is_null() || *found == false) continue;
        if (found->is_array() && found->empty()) continue;
        plain[key] = plain_number(*found);
    }
    return plain;
}

Json plain_command(const Json& command) {
    Json plain = {{"type", kChatInput}, {"options", Json::array()}};
    for (const char* key : {"type", "name", "description", "default_member_permissions"}) {
        const auto found = command.find(key);
        if (found == command.end() || found->is_null()) continue;
        plain[key] = found->is_number_integer() && std::string(key) != "type" ? Json(found->dump()) : *found;
    }
    const auto options = command.find("options");
    if (options == command.end() || !options->is_array()) return plain;
    for (const Json& option : *options) plain["options"].push_back(plain_option(option));
    return plain;
}

std::map<std::string, Json> by_name(const Json& commands) {
    std::map<std::string, Json> result;
    for (const Json& command : commands) {
        if (!command.is_object()) continue;
        const auto name = command.find("name");
        const bool named = name != command.end() && name->is_string();
        result[named ? name->get<std::string>() : ""] = plain_command(command);
    }
    return result;
}

Json commands_json(const std::vector<CommandDefinition>& commands) {
    Json list = Json::array();
    for (const CommandDefinition& command : commands) list.push_back(command_json(command));
    return list;
}

}  // namespace

std::string write_commands(const std::vector<CommandDefinition>& commands) {
    return dump(commands_json(commands));
}

bool same_commands(const std::string& listed, const std::vector<CommandDefinition>& commands) {
    const Json list = Json::parse(listed, nullptr, false);
    return list.is_array() && by_name(list) == by_name(commands_json(commands));
}

}  // namespace convene::discord
