// src/discord/commands/look_command.h: what commands have in common that show one cohort and change nothing.
#pragma once
#include <string>
#include <vector>

#include "app/records.h"
#include "discord/commands/slash_command.h"

namespace convene::discord {

/// Seen by whoever asked; any number at once.
class LookCommand : public SlashCommand {
public:
    [[nodiscard]] CommandDefinition definition() const final;
    [[nodiscard]] bool ephemeral() const final { return true; }
    [[nodiscard]] bool exclusive() const final { return false; }
    [[nodiscard]] std::vector<Choice> choices(Database& database) const final;

protected:
    LookCommand(std::string name, std::string description)
        : name_(std::move(name)), description_(std::move(description)) {}

private:
    /// What the list says behind the cohort's name; empty: there is nothing to see, it is not offered.
    [[nodiscard]] virtual std::string count_of(const CohortSummary& cohort) const = 0;

    std::string name_;
    std::string description_;
};

}  // namespace convene::discord
