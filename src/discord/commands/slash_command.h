// src/discord/commands/slash_command.h: one command that administrators can type.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/clock.h"
#include "app/ports/database.h"
#include "app/ports/realizer.h"
#include "core/time/zone_table.h"
#include "discord/commands/report.h"
#include "discord/wire/command_json.h"
#include "discord/wire/interaction.h"

namespace convene::discord {

/// What a running command may use. It has its thread and its database connection for itself.
struct CommandContext {
    Database& database;
    const ZoneTable& zones;
    const Clock& clock;
    Realizer& realizer;
    const BotJob& job;
    std::vector<InteractionOption> options;
    /// The latest state, for whoever waits; shown every few seconds. Any thread, returns at once.
    std::function<void(const std::string& text)> progress;
    /// True: end at the next safe point and answer `parked`.
    std::function<bool()> should_stop;
    double time_limit_s = 0;  ///< of a search
    int threads = 0;          ///< of a search; 0: as many as the machine has
};

struct CommandOutcome {
    enum class Kind {
        reported,     ///< done: `report` says what came out
        parked,       ///< stopped on the way; begun again it goes on or starts anew without harm
        again_later,  ///< a process that should be dead still works on it: try in a moment
    };
    Kind kind = Kind::reported;
    Report report;
};

class SlashCommand {
public:
    virtual ~SlashCommand() = default;

    /// As Discord is to know it.
    [[nodiscard]] virtual CommandDefinition definition() const = 0;
    /// Seen by whoever asked, and nobody else.
    [[nodiscard]] virtual bool ephemeral() const = 0;
    /// May take minutes and changes something: one at a time for each cohort.
    [[nodiscard]] virtual bool exclusive() const = 0;
    /// All cohorts that may be chosen; the caller filters and cuts.
    [[nodiscard]] virtual std::vector<Choice> choices(Database& database) const = 0;
    /// \throws Failure, when the world failed
    [[nodiscard]] virtual CommandOutcome run(CommandContext& context) const = 0;
};

/// By name.
[[nodiscard]] std::vector<std::unique_ptr<SlashCommand>> all_slash_commands();

// One file each, named after the command.
[[nodiscard]] std::unique_ptr<SlashCommand> make_schedule_slash_command();
[[nodiscard]] std::unique_ptr<SlashCommand> make_realize_groups_slash_command();
[[nodiscard]] std::unique_ptr<SlashCommand> make_groups_slash_command();
[[nodiscard]] std::unique_ptr<SlashCommand> make_unplaced_slash_command();

/// The choices whose name contains what was typed (its case does not matter) or whose value it is; names that
/// begin with it first; at most 25.
[[nodiscard]] std::vector<Choice> matching(std::vector<Choice> choices, const std::string& typed);
/// Which cohort, with suggestions: every command has it.
[[nodiscard]] CommandOption cohort_option();
/// `AI Safety - Jan 2025 (24 pending)`, within 100 characters: a long name is cut, the count stays.
[[nodiscard]] Choice cohort_choice(CohortId cohort, const std::string& name, const std::string& count);

}  // namespace convene::discord
