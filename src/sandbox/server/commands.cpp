#include "sandbox/server/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sandbox/server/form.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/permissions.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::size_t kCommands = 130;
constexpr std::size_t kCommandsOfOneType = 100;
constexpr std::size_t kOptions = 25;
constexpr std::size_t kChoices = 25;
constexpr std::size_t kName = 32;
constexpr std::size_t kDescription = 100;
constexpr std::size_t kChoiceName = 100;
constexpr std::size_t kCharacters = 8000;  // names, descriptions and choice values of one command
constexpr long long kSubcommand = 1;
constexpr long long kSubcommandGroup = 2;
constexpr long long kString = 3;
constexpr long long kInteger = 4;
constexpr long long kNumber = 10;
constexpr long long kLastOptionType = 11;
constexpr long long kLongestText = 6000;

/// Of the pattern in Discord's documentation the part that concerns ASCII;
/// letters and digits of other scripts pass.
bool is_command_name(const std::string& name) {
    return std::all_of(name.begin(), name.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        const bool lower = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        return byte >= 0x80 || lower || c == '-' || c == '_' || c == '\'';
    });
}

/// Reads one command into the form in which Discord shows it.
class CommandReader {
public:
    explicit CommandReader(const Settings& settings) : settings_(settings) {}

    json read(Form form) {
        json shown = json::object();
        read_name(form, shown);
        const auto type = form.integer("type", 1, 4).value_or(1);
        if (type != 1) form.fault("type", "BASE_TYPE_CHOICES", "The sandbox has slash commands only.");
        shown["type"] = 1;
        shown["default_member_permissions"] = read_default_permissions(form);
        for (const char* field : {"name_localizations", "description_localizations", "contexts"}) {
            shown[field] = form.has(field) ? form.raw(field) : json(nullptr);
        }
        shown["integration_types"] = json::array({0});
        shown["nsfw"] = form.boolean("nsfw").value_or(false);
        const json options = read_options(form, 0);
        if (!options.empty()) shown["options"] = options;
        if (characters_ > kCharacters) {
            form.fault("name", "APPLICATION_COMMAND_TOO_LARGE",
                       fmt::format("Command exceeds maximum size ({})", kCharacters));
        }
        return shown;
    }

private:
    void read_name(Form& form, json& shown) {
        form.require("name");
        form.require("description");
        const auto name = form.text("name", 1, kName);
        if (name && !is_command_name(*name)) {
            form.fault("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
        const auto description = form.text("description", 1, kDescription);
        shown["name"] = name.value_or("");
        shown["description"] = description.value_or("");
        characters_ += length_of(name.value_or("")) + length_of(description.value_or(""));
    }

    static json read_default_permissions(Form& form) {
        const auto bits = form.permissions("default_member_permissions");
        return bits ? json(std::to_string(*bits)) : json(nullptr);
    }

    json read_options(Form& form, int depth) {
        json shown = json::array();
        const json* options = form.array("options", kOptions);
        std::set<std::string> names;
        bool optional_seen = false;
        auto path = form.path_to("options");
        for (std::size_t i = 0; options != nullptr && i < options->size(); ++i) {
            path.push_back(std::to_string(i));
            Form option((*options)[i], form.faults(), path);
            path.pop_back();
            shown.push_back(read_option(option, depth));
            if (!names.insert(shown.back()["name"].get<std::string>()).second) {
                option.fault("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_USED",
                             "Option name already used");
            }
            const bool required = option.boolean("required").value_or(false);
            if (required && optional_seen) {
                option.fault("required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                             "Required options must be placed before non-required options");
            }
            optional_seen = optional_seen || !required;
        }
        return shown;
    }

    json read_option(Form& option, int depth) {
        json shown = json::object();
        option.require("type");
        const auto type = option.integer("type", kSubcommand, kLastOptionType).value_or(kString);
        shown["type"] = type;
        read_name(option, shown);
        copy_flag(option, shown, "required");
        copy_flag(option, shown, "autocomplete");
        for (const char* bound : {"min_value", "max_value"}) {
            if (option.has(bound) && (type == kInteger || type == kNumber)) shown[bound] = option.raw(bound);
        }
        for (const char* bound : {"min_length", "max_length"}) {
            if (type != kString) continue;
            if (const auto length = option.integer(bound, 0, kLongestText)) shown[bound] = *length;
        }
        if (option.has("channel_types")) shown["channel_types"] = option.raw("channel_types");
        const json choices = read_choices(option, type);
        if (!choices.empty()) shown["choices"] = choices;
        if (!choices.empty() && option.boolean("autocomplete").value_or(false)) {
            option.fault("autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
                         "autocomplete may not be set to true if choices are present");
        }
        const bool nested = type == kSubcommand || type == kSubcommandGroup;
        if (nested && depth < 2) {
            const json inner = read_options(option, depth + 1);
            if (!inner.empty()) shown["options"] = inner;
        }
        return shown;
    }

    /// Discord leaves out what equals the default.
    void copy_flag(Form& option, json& shown, const char* field) const {
        const auto flag = option.boolean(field);
        if (flag && (*flag || settings_.show_command_defaults)) shown[field] = *flag;
    }

    json read_choices(Form& option, long long type) {
        json shown = json::array();
        const json* choices = option.array("choices", kChoices);
        auto path = option.path_to("choices");
        for (std::size_t i = 0; choices != nullptr && i < choices->size(); ++i) {
            path.push_back(std::to_string(i));
            Form choice((*choices)[i], option.faults(), path);
            path.pop_back();
            choice.require("name");
            choice.require("value");
            const auto name = choice.text("name", 1, kChoiceName);
            const json value = choice.has("value") ? choice.raw("value") : json(nullptr);
            const bool fits = type == kString ? value.is_string() : value.is_number();
            if (!fits)
                choice.fault("value", "BASE_TYPE_CONVERT", "The value does not fit the option's type.");
            characters_ += length_of(name.value_or("")) + (value.is_string() ? value.dump().size() : 0);
            shown.push_back({{"name", name.value_or("")}, {"value", value}});
        }
        return shown;
    }

    const Settings& settings_;
    std::size_t characters_ = 0;
};

/// The commands as shown, without id and version; faults go to `faults`.
std::vector<json> read_commands(const World& world, const json& body, FormFaults& faults) {
    std::vector<json> commands;
    std::set<std::string> names;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const std::string index = std::to_string(i);
        commands.push_back(CommandReader(world.settings).read(Form(body[i], faults, {index})));
        if (!names.insert(commands.back()["name"].get<std::string>()).second) {
            faults.add({index, "name"}, "APPLICATION_COMMANDS_DUPLICATE_NAME",
                       "Application command names must be unique");
        }
    }
    return commands;
}

/// How many names are new: only so many may be made in a day.
std::size_t count_new(const World& world, const std::vector<json>& commands) {
    return static_cast<std::size_t>(std::count_if(commands.begin(), commands.end(), [&](const json& command) {
        return find_command(world, command["name"].get<std::string>()) == nullptr;
    }));
}

void forget_old_creates(World& world, Instant now) {
    std::erase_if(world.command_creates, [&](Instant then) { return now - then > std::chrono::hours(24); });
}

}  // namespace

Result<void> replace_commands(World& world, const Act& act, const json& body) {
    FormFaults faults;
    if (!body.is_array() || body.size() > kCommands) {
        faults.add({}, "BASE_TYPE_MAX_LENGTH", fmt::format("Must be a list of {} or fewer.", kCommands));
        return faults.refusal();
    }
    if (body.size() > kCommandsOfOneType) return refuse::max_commands();
    std::vector<json> commands = read_commands(world, body, faults);
    if (!faults.empty()) return faults.refusal();
    forget_old_creates(world, act.now);
    const std::size_t fresh = count_new(world, commands);
    if (world.command_creates.size() + fresh >
        static_cast<std::size_t>(world.settings.command_creates_per_day))
        return refuse::max_daily_command_creates();
    world.command_creates.insert(world.command_creates.end(), fresh, act.now);

    std::map<Snowflake, Command> replaced;
    for (json& shown : commands) {
        const std::string name = shown["name"].get<std::string>();
        const Command* before = find_command(world, name);
        const Snowflake id = before == nullptr ? world.ids.next(act.now) : before->id;
        shown["id"] = id_text(id);
        shown["application_id"] = id_text(world.identity.application_id);
        shown["guild_id"] = id_text(world.guild_id);
        if (before != nullptr) shown["version"] = json::parse(before->shown)["version"];
        if (before == nullptr || json::parse(before->shown) != shown) {
            shown["version"] = id_text(world.ids.next(act.now));
        }
        replaced.emplace(id, Command{id, name, shown.dump()});
    }
    for (const auto& [id, command] : world.commands) world.note(Kind::command, id);
    world.commands = std::move(replaced);
    for (const auto& [id, command] : world.commands) world.note(Kind::command, id);
    return {};
}

const Command* find_command(const World& world, const std::string& name) {
    for (const auto& [id, command] : world.commands) {
        if (command.name == name) return &command;
    }
    return nullptr;
}

bool may_use(const World& world, Snowflake user_id, const Channel& channel, const Command& command) {
    const Permissions held = channel_permissions(world, user_id, channel);
    if (has_all(held, permission::kAdministrator)) return true;
    if (!has_all(held, permission::kUseApplicationCommands)) return false;
    const json wanted = json::parse(command.shown)["default_member_permissions"];
    if (wanted.is_null()) return true;
    const Permissions bits = std::stoull(wanted.get<std::string>());
    return bits != 0 && has_all(held, bits);
}

}  // namespace convene::sandbox
