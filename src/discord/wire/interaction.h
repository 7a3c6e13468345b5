// src/discord/wire/interaction.h: what somebody did in Discord that convene is to answer.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discord/wire/objects.h"

namespace convene::discord {

enum class InteractionType { ping = 1, command = 2, component = 3, autocomplete = 4, other = 0 };

struct InteractionOption {
    std::string name;
    std::string text;  ///< a text as it is, a number in digits, a truth as `true` or `false`
    bool focused = false;

    friend bool operator==(const InteractionOption&, const InteractionOption&) = default;
};

struct Interaction {
    std::string id;
    std::string token;  ///< a secret for a quarter of an hour
    InteractionType type = InteractionType::other;
    std::string application_id;
    std::string guild_id;  ///< empty outside a server
    std::string channel_id;
    std::string user_id;
    Permissions permissions = 0;  ///< what the member may do in that channel; 0 outside a server
    std::string command;          ///< of a command and its autocomplete
    std::vector<InteractionOption> options;
    std::string custom_id;  ///< of a component

    [[nodiscard]] bool by_administrator() const noexcept {
        return (permissions & permission::kAdministrator) != 0;
    }
    /// Null when it was not given.
    [[nodiscard]] const InteractionOption* option(std::string_view name) const noexcept;
};

/// Empty for what is no interaction. Fields that it does not know, nulls and options without a value do
/// no harm.
[[nodiscard]] std::optional<Interaction> read_interaction(const std::string& json);

/// Options as JSON, to be kept with a job, and back; what cannot be read is no option.
[[nodiscard]] std::string write_options(const std::vector<InteractionOption>& options);
[[nodiscard]] std::vector<InteractionOption> read_options(const std::string& json);
/// The text of the option, or nothing.
[[nodiscard]] std::optional<std::string> option_text(const std::vector<InteractionOption>& options,
                                                     std::string_view name);

struct Choice {
    std::string name;   ///< at most 100 characters
    std::string value;  ///< likewise

    friend bool operator==(const Choice&, const Choice&) = default;
};

// Bodies of the first answer to an interaction.
[[nodiscard]] std::string write_deferral(bool ephemeral);
[[nodiscard]] std::string write_reply(const NewMessage& message, bool ephemeral);
/// To a component: the message that it is on changes.
[[nodiscard]] std::string write_update(const NewMessage& message);
[[nodiscard]] std::string write_choices(const std::vector<Choice>& choices);

}  // namespace convene::discord
