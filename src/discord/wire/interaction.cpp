#include "discord/wire/interaction.h"

#include <algorithm>

#include "discord/wire/message_parts.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;

constexpr int kEphemeral = 1 << 6;

enum ResponseType { message = 4, deferred_message = 5, update = 7, autocomplete_result = 8 };

const Json& member_of(const Json& object, const char* key) {
    static const Json kNothing;
    if (!object.is_object()) return kNothing;
    const auto found = object.find(key);
    return found == object.end() ? kNothing : *found;
}

std::string text_of(const Json& object, const char* key) {
    const Json& value = member_of(object, key);
    if (value.is_string()) return value.get<std::string>();
    return value.is_number_unsigned() ? value.dump() : "";
}

InteractionType type_of(const Json& json) {
    const Json& value = member_of(json, "type");
    const int number = value.is_number_integer() ? value.get<int>() : 0;
    return number >= 1 && number <= 4 ? static_cast<InteractionType>(number) : InteractionType::other;
}

void read_option_list(const Json& list, std::vector<InteractionOption>& options) {
    if (!list.is_array()) return;
    for (const Json& json : list) {
        InteractionOption option;
        option.name = text_of(json, "name");
        const Json& value = member_of(json, "value");
        option.text = value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
        const Json& focused = member_of(json, "focused");
        option.focused = focused.is_boolean() && focused.get<bool>();
        if (!option.name.empty()) options.push_back(std::move(option));
    }
}

}  // namespace

const InteractionOption* Interaction::option(std::string_view name) const noexcept {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&](const InteractionOption& option) { return option.name == name; });
    return found == options.end() ? nullptr : &*found;
}

std::optional<Interaction> read_interaction(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    Interaction interaction;
    interaction.id = text_of(json, "id");
    interaction.token = text_of(json, "token");
    interaction.type = type_of(json);
    if (interaction.id.empty() || interaction.token.empty()) return std::nullopt;
    interaction.application_id = text_of(json, "application_id");
    interaction.guild_id = text_of(json, "guild_id");
    interaction.channel_id = text_of(json, "channel_id");
    if (interaction.channel_id.empty()) interaction.channel_id = text_of(member_of(json, "channel"), "id");
    const Json& member = member_of(json, "member");
    interaction.user_id = text_of(member_of(member, "user"), "id");
    if (interaction.user_id.empty()) interaction.user_id = text_of(member_of(json, "user"), "id");
    interaction.permissions = parse_permissions(text_of(member, "permissions")).value_or(0);
    const Json& data = member_of(json, "data");
    interaction.command = text_of(data, "name");
    interaction.custom_id = text_of(data, "custom_id");
    read_option_list(member_of(data, "options"), interaction.options);
    return interaction;
}

std::string write_options(const std::vector<InteractionOption>& options) {
    Json list = Json::array();
    for (const InteractionOption& option : options)
        list.push_back({{"name", option.name}, {"value", option.text}});
    return dump(list);
}

std::vector<InteractionOption> read_options(const std::string& json) {
    std::vector<InteractionOption> options;
    read_option_list(Json::parse(json, nullptr, false), options);
    return options;
}

std::optional<std::string> option_text(const std::vector<InteractionOption>& options, std::string_view name) {
    for (const InteractionOption& option : options) {
        if (option.name == name) return option.text;
    }
    return std::nullopt;
}

std::string write_deferral(bool ephemeral) {
    Json json = {{"type", ResponseType::deferred_message}};
    if (ephemeral) json["data"] = {{"flags", kEphemeral}};
    return dump(json);
}

std::string write_reply(const NewMessage& reply, bool ephemeral) {
    Json data = message_json(reply, false);
    if (ephemeral) data["flags"] = kEphemeral;
    return dump({{"type", ResponseType::message}, {"data", std::move(data)}});
}

std::string write_update(const NewMessage& changed) {
    return dump({{"type", ResponseType::update}, {"data", message_json(changed, true)}});
}

std::string write_choices(const std::vector<Choice>& choices) {
    Json list = Json::array();
    for (const Choice& choice : choices) list.push_back({{"name", choice.name}, {"value", choice.value}});
    return dump({{"type", ResponseType::autocomplete_result}, {"data", {{"choices", std::move(list)}}}});
}

}  // namespace convene::discord
