#include "sandbox/server/users.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sandbox/server/commands.h"
#include "sandbox/server/form.h"
#include "sandbox/server/interactions.h"
#include "sandbox/server/message_form.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/permissions.h"
#include "sandbox/server/random_characters.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::size_t kTokenLength = 180;
constexpr long long kGreatestInteger = 9'007'199'254'740'991;  // 2^53 - 1
enum OptionType {
    text = 3,
    integer = 4,
    boolean = 5,
    user = 6,
    channel = 7,
    role = 8,
    mentionable = 9,
    number = 10
};

tl::unexpected<Refused> refused(int status, std::string why) {
    return tl::unexpected<Refused>(Refused{status, std::move(why)});
}

tl::expected<const Channel*, Refused> channel_of(const World& world, const Place& place,
                                                 const Command* command) {
    if (!world.members.contains(place.user_id)) return refused(403, "user_id: not a member of the server");
    const auto usable = [&](const Channel& channel) {
        if (channel.type == ChannelType::category) return false;
        if (command != nullptr) return may_use(world, place.user_id, channel, *command);
        return has_all(channel_permissions(world, place.user_id, channel), permission::kViewChannel);
    };
    if (place.channel_id) {
        const auto found = world.channels.find(*place.channel_id);
        if (found == world.channels.end()) return refused(404, "channel_id: no such channel");
        if (!usable(found->second)) return refused(403, "this user may not do that in this channel");
        return &found->second;
    }
    for (const auto& [id, channel] : world.channels) {
        if (channel.type == ChannelType::text && usable(channel)) return &channel;
    }
    return refused(403, "this user may do that in no channel");
}

/// One option's value as the client would send it, or why it would not.
class OptionReader {
public:
    OptionReader(const World& world, const json& option) : world_(world), option_(option) {}

    /// \param half  autocomplete: the text so far, with no rules but the type's
    tl::expected<json, Refused> read(const json& given, bool half) const {
        const auto type = option_["type"].get<int>();
        if (half) return given;
        switch (type) {
            case OptionType::text:
                return read_text(given);
            case OptionType::integer:
            case OptionType::number:
                return read_number(given, type == OptionType::integer);
            case OptionType::boolean:
                if (given.is_boolean()) return given;
                if (given == "true" || given == "false") return json(given == "true");
                return complain("must be true or false");
            default:
                return read_id(given, type);
        }
    }

private:
    tl::unexpected<Refused> complain(const std::string& what) const {
        return refused(400, fmt::format("options.{}: {}", option_["name"].get<std::string>(), what));
    }

    tl::expected<json, Refused> read_text(const json& given) const {
        const std::string value = given.is_string() ? given.get<std::string>() : given.dump();
        const std::size_t length = length_of(value);
        if (length == 0) return complain("is empty");
        if (length < option_.value("min_length", std::size_t{0})) return complain("is too short");
        if (length > option_.value("max_length", std::size_t{6000})) return complain("is too long");
        return among_choices(value);
    }

    tl::expected<json, Refused> read_number(const json& given, bool whole) const {
        double value = 0;
        if (given.is_number()) {
            value = given.get<double>();
        } else if (given.is_string()) {
            const auto& digits = given.get_ref<const std::string&>();
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
            if (error != std::errc() || end != digits.data() + digits.size()) {
                return complain("must be a number");
            }
        } else {
            return complain("must be a number");
        }
        if (whole && value != static_cast<double>(static_cast<long long>(value))) {
            return complain("must be a whole number");
        }
        if (std::abs(value) > static_cast<double>(kGreatestInteger)) return complain("is out of range");
        if (option_.contains("min_value") && value < option_["min_value"].get<double>()) {
            return complain("is too small");
        }
        if (option_.contains("max_value") && value > option_["max_value"].get<double>()) {
            return complain("is too great");
        }
        return among_choices(whole ? json(static_cast<long long>(value)) : json(value));
    }

    tl::expected<json, Refused> read_id(const json& given, int type) const {
        const auto id = given.is_string()            ? parse_snowflake(given.get_ref<const std::string&>())
                        : given.is_number_unsigned() ? std::optional(given.get<Snowflake>())
                                                     : std::nullopt;
        if (!id) return complain("must be an id");
        const bool member = world_.members.contains(*id);
        const bool named_role = world_.roles.contains(*id);
        const bool known = (type == OptionType::user && member) || (type == OptionType::role && named_role) ||
                           (type == OptionType::channel && world_.channels.contains(*id)) ||
                           (type == OptionType::mentionable && (member || named_role));
        if (!known) return complain("nothing of that id is offered");
        return json(id_text(*id));
    }

    tl::expected<json, Refused> among_choices(const json& value) const {
        const json choices = option_.value("choices", json::array());
        const bool offered =
            choices.empty() ||
            std::any_of(choices.begin(), choices.end(), [&](const json& c) { return c["value"] == value; });
        if (!offered) return complain("is not one of the choices");
        return value;
    }

    const World& world_;
    const json& option_;
};

const json* option_named(const json& options, const std::string& name) {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&](const json& option) { return option["name"] == name; });
    return found == options.end() ? nullptr : &*found;
}

/// What `given` holds, in the command's order, as the `options` of the data.
tl::expected<json, Refused> read_options(const World& world, const json& command, const json& given,
                                         const std::string& focused) {
    if (!given.is_object()) return refused(400, "options: must be an object");
    const json options = command.value("options", json::array());
    for (const auto& [name, value] : given.items()) {
        if (option_named(options, name) == nullptr) {
            return refused(400, fmt::format("options.{}: the command has no such option", name));
        }
    }
    json out = json::array();
    for (const json& option : options) {
        const auto name = option["name"].get<std::string>();
        if (!given.contains(name)) {
            if (focused.empty() && option.value("required", false)) {
                return refused(400, fmt::format("options.{}: required", name));
            }
            continue;
        }
        const bool half = name == focused;
        const auto value = OptionReader(world, option).read(given[name], half);
        if (!value) return tl::unexpected<Refused>(value.error());
        out.push_back({{"name", name}, {"type", option["type"]}, {"value", *value}});
        if (half) out.back()["focused"] = true;
    }
    return out;
}

json data_of(const World& world, const Command& command, json options) {
    json data = {{"id", id_text(command.id)},
                 {"name", command.name},
                 {"type", 1},
                 {"guild_id", id_text(world.guild_id)}};
    json resolved = json::object();
    for (const json& option : options) {
        const json& value = option["value"];
        const auto id =
            value.is_string() ? parse_snowflake(value.get_ref<const std::string&>()) : std::nullopt;
        const auto type = option["type"].get<int>();
        if (!id || type < OptionType::user || type > OptionType::mentionable) continue;
        if (const auto member = world.members.find(*id); member != world.members.end()) {
            resolved["users"][id_text(*id)] = user_object(world, *id);
            json partial = member_object(world, member->second);
            partial.erase("user");
            partial["permissions"] = std::to_string(guild_permissions(world, *id));
            resolved["members"][id_text(*id)] = partial;
        }
        if (const auto found = world.roles.find(*id); found != world.roles.end()) {
            resolved["roles"][id_text(*id)] = role_object(found->second);
        }
        if (const auto found = world.channels.find(*id); found != world.channels.end()) {
            resolved["channels"][id_text(*id)] = channel_object(world, found->second);
        }
    }
    if (!options.empty()) data["options"] = std::move(options);
    if (!resolved.empty()) data["resolved"] = resolved;
    return data;
}

Interaction& start(World& world, InteractionType type, const Place& place, Snowflake channel_id,
                   const json& data) {
    Interaction interaction;
    interaction.id = world.ids.next(place.now);
    interaction.type = type;
    interaction.token = random_characters(kTokenLength);
    interaction.user_id = place.user_id;
    interaction.channel_id = channel_id;
    interaction.data = data.dump();
    interaction.made = place.now;
    world.note(Kind::interaction, interaction.id);
    return world.interactions.emplace(interaction.id, std::move(interaction)).first->second;
}

/// The component of that custom id in a message's rows; null for none.
json component_in(const Message& message, const std::string& custom_id) {
    for (const json& row : json::parse(message.components)) {
        for (const json& component : row.value("components", json::array())) {
            if (component.value("custom_id", "") == custom_id) return component;
        }
    }
    return nullptr;
}

bool can_see(const World& world, Snowflake user_id, const Message& message) {
    if ((message.flags & message_flag::kEphemeral) != 0) {
        return message.origin && message.origin->user_id == user_id;
    }
    const auto channel = world.channels.find(message.channel_id);
    return channel != world.channels.end() &&
           has_all(channel_permissions(world, user_id, channel->second), permission::kViewChannel);
}

const Message* message_by_id(const World& world, Snowflake message_id) {
    for (const auto& [channel_id, messages] : world.messages) {
        if (messages.contains(message_id)) return &messages.at(message_id);
    }
    return find_message(world, 0, message_id);
}

Started type_anything(World& world, const Place& place, const std::string& name, const json& options,
                      const std::string& focused) {
    const Command* command = find_command(world, name);
    if (command == nullptr) return refused(404, fmt::format("command: no command /{} is registered", name));
    const auto channel = channel_of(world, place, command);
    if (!channel) return tl::unexpected<Refused>(channel.error());
    const json shown = json::parse(command->shown);
    if (!focused.empty()) {
        const json described = shown.value("options", json::array());
        const json* option = option_named(described, focused);
        if (option == nullptr || !option->value("autocomplete", false)) {
            return refused(400, fmt::format("option: /{} completes no option {}", name, focused));
        }
    }
    auto read = read_options(world, shown, options, focused);
    if (!read) return tl::unexpected<Refused>(read.error());
    const auto type = focused.empty() ? InteractionType::command : InteractionType::autocomplete;
    Interaction& interaction =
        start(world, type, place, (*channel)->id, data_of(world, *command, std::move(*read)));
    interaction.command = name;
    return interaction.id;
}

}  // namespace

Started type_command(World& world, const Place& place, const std::string& name, const json& options) {
    return type_anything(world, place, name, options, "");
}

Started type_half(World& world, const Place& place, const std::string& name, const std::string& option,
                  const std::string& value, const json& other_options) {
    json options = other_options;
    options[option] = value;
    return type_anything(world, place, name, options, option);
}

Started press(World& world, const Place& place, Snowflake message_id, const std::string& custom_id,
              const json& values) {
    const Message* message = message_by_id(world, message_id);
    if (message == nullptr || !can_see(world, place.user_id, *message)) {
        return refused(404, "message_id: this user sees no such message");
    }
    const json component = component_in(*message, custom_id);
    if (component.is_null()) return refused(400, "custom_id: no such button on the message");
    if (component.value("disabled", false)) return refused(400, "custom_id: the button is disabled");
    Place there = place;
    there.channel_id = message->channel_id;
    const auto channel = channel_of(world, there, nullptr);
    if (!channel) return tl::unexpected<Refused>(channel.error());
    json data = {
        {"custom_id", custom_id}, {"component_type", component["type"]}, {"id", component.value("id", 0)}};
    if (values.is_array()) data["values"] = values;
    Interaction& interaction = start(world, InteractionType::component, place, (*channel)->id, data);
    interaction.pressed_message_id = message_id;
    return interaction.id;
}

}  // namespace convene::sandbox
