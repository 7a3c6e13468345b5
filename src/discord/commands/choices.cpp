#include <algorithm>

#include "app/name_match.h"
#include "discord/commands/slash_command.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

constexpr std::size_t kMostChoices = 25;
constexpr std::size_t kChoiceName = 100;

}  // namespace

std::vector<std::unique_ptr<SlashCommand>> all_slash_commands() {
    std::vector<std::unique_ptr<SlashCommand>> commands;
    commands.push_back(make_groups_slash_command());
    commands.push_back(make_realize_groups_slash_command());
    commands.push_back(make_schedule_slash_command());
    commands.push_back(make_unplaced_slash_command());
    return commands;
}

std::vector<Choice> matching(std::vector<Choice> choices, const std::string& typed) {
    const std::string wanted = lower_case(trimmed(typed));
    std::erase_if(choices, [&](const Choice& choice) {
        return choice.value != wanted && lower_case(choice.name).find(wanted) == std::string::npos;
    });
    std::stable_partition(choices.begin(), choices.end(), [&](const Choice& choice) {
        return choice.value == wanted || lower_case(choice.name).starts_with(wanted);
    });
    if (choices.size() > kMostChoices) choices.resize(kMostChoices);
    return choices;
}

CommandOption cohort_option() {
    return {CommandOption::Type::text, "cohort", "Which cohort", true, true, {}, {}};
}

Choice cohort_choice(CohortId cohort, const std::string& name, const std::string& count) {
    const std::string id = std::to_string(cohort.value);
    std::string shown = one_line(name);
    if (shown.empty()) shown = "cohort " + id;
    const std::string end = " (" + count + ")";
    return {shortened(shown, kChoiceName - discord_length(end)) + end, id};
}

}  // namespace convene::discord
