// src/discord/wire/command_json.h: the application's commands, as Discord keeps them.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace convene::discord {

struct CommandOption {
    enum class Type { text = 3, integer = 4, truth = 5 };
    Type type = Type::text;
    std::string name;         ///< small letters, digits and hyphens, at most 32
    std::string description;  ///< at most 100
    bool required = false;    ///< required ones come first
    bool autocomplete = false;
    std::optional<int> min;  ///< integers
    std::optional<int> max;

    friend bool operator==(const CommandOption&, const CommandOption&) = default;
};

/// For administrators, unless they decide otherwise in the server's settings.
struct CommandDefinition {
    std::string name;
    std::string description;
    std::vector<CommandOption> options;

    friend bool operator==(const CommandDefinition&, const CommandDefinition&) = default;
};

/// Body of the PUT that replaces all commands.
[[nodiscard]] std::string write_commands(const std::vector<CommandDefinition>& commands);

/// Whether the list that Discord gives says the same, whatever it adds: ids, versions, defaults, nulls,
/// localizations, another order of commands. False for what is no list.
[[nodiscard]] bool same_commands(const std::string& listed, const std::vector<CommandDefinition>& commands);

}  // namespace convene::discord
