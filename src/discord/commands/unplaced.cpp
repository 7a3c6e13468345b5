#include <fmt/format.h>

#include "app/explain_cohort.h"
#include "discord/commands/group_lines.h"
#include "discord/commands/look_command.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

std::string line_of(const PersonExplanation& person) {
    std::string line =
        fmt::format("• **{}**: {}", harmless(shortened(person.name, 100)),
                    person.detail.empty() ? "waits for the next `/schedule`" : harmless(person.detail));
    if (person.cure) line += "\n  → " + harmless(person.cure->detail);
    return line;
}

class UnplacedSlashCommand final : public LookCommand {
public:
    UnplacedSlashCommand()
        : LookCommand("unplaced", "Who is in no group, why, and what would help; only you see the answer") {}

    CommandOutcome run(CommandContext& context) const override {
        const auto snapshot = context.database.cohorts().load_cohort(*context.job.cohort_id);
        const auto explained = snapshot ? explain_cohort(*snapshot, context.zones)
                                        : tl::expected<CohortExplanation, InputFaults>(tl::unexpected(
                                              InputFaults{{"cohort", "", "was deleted a moment ago"}}));
        if (!explained) {
            return {CommandOutcome::Kind::reported,
                    short_report("This cannot be explained", fault_lines(explained.error()), colour::kBad)};
        }
        return {CommandOutcome::Kind::reported, report_of(*explained)};
    }

private:
    std::string count_of(const CohortSummary& cohort) const override {
        const int left = cohort.awaiting + cohort.ungroupable;
        return left > 0 ? fmt::format("{} in no group", left) : "";
    }

    static Report report_of(const CohortExplanation& explained) {
        using Standing = PersonExplanation::Standing;
        std::vector<std::string> unplaced;
        std::vector<std::string> waiting;
        std::vector<std::string> set_aside;
        for (const PersonExplanation& person : explained.people) {
            if (person.standing == Standing::unplaced) unplaced.push_back(line_of(person));
            if (person.standing == Standing::set_aside) set_aside.push_back(line_of(person));
            if (person.standing == Standing::waiting && person.role == Role::participant)
                waiting.push_back(line_of(person));
        }
        const std::size_t people = unplaced.size() + waiting.size() + set_aside.size();
        Report report;
        report.title = fmt::format("{}: {} in no group", one_line(explained.cohort.cohort_name),
                                   people == 0 ? "nobody" : std::to_string(people));
        report.colour = people == 0 ? colour::kGood : colour::kPlain;
        std::vector<std::string> cures;
        for (const Cure& cure : explained.cures)
            cures.push_back(fmt::format("• {} (places {})", harmless(cure.detail), cure.places));
        add_entry(report, "What would help most", std::move(cures));
        add_entry(report, fmt::format("No place found: {}", unplaced.size()), unplaced);
        add_entry(report, fmt::format("Waiting for a run: {}", waiting.size()), waiting);
        add_entry(report, fmt::format("Set aside: {}", set_aside.size()), set_aside);
        add_entry(report, "Please note", bullets(explained.warnings));
        return report;
    }
};

}  // namespace

std::unique_ptr<SlashCommand> make_unplaced_slash_command() {
    return std::make_unique<UnplacedSlashCommand>();
}

}  // namespace convene::discord
