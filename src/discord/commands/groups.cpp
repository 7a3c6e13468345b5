#include <fmt/format.h>

#include "discord/commands/group_lines.h"
#include "discord/commands/look_command.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

std::vector<std::string> waiting_lines(const CohortReview& review) {
    std::vector<std::string> names;
    for (const WaitingPerson& person : review.waiting) {
        if (person.role == Role::participant) names.push_back(person.name);
    }
    if (names.empty()) return {};
    return {listed(names), "`/unplaced` says why, and what would help."};
}

class GroupsSlashCommand final : public LookCommand {
public:
    GroupsSlashCommand() : LookCommand("groups", "Look over a cohort's groups; only you see the answer") {}

    CommandOutcome run(CommandContext& context) const override {
        const auto review = review_of(context.database, context.zones, *context.job.cohort_id);
        if (!review) {
            return {CommandOutcome::Kind::reported,
                    short_report("These groups cannot be shown",
                                 {"The cohort's settings cannot be used. `convene groups` on the command "
                                  "line names what is wrong."},
                                 colour::kBad)};
        }
        Report report;
        report.title = fmt::format("{}: {}", one_line(review->cohort.cohort_name),
                                   counted(review->groups.size(), "group"));
        report.lead = {fmt::format(
            "{} of {} minutes, {} to {} participants each.",
            counted(static_cast<std::size_t>(review->cohort.number_of_group_meetings), "weekly meeting"),
            review->cohort.settings.meeting_minutes, review->min_size, review->max_size)};
        if (review->groups.empty()) report.lead.emplace_back("`/schedule` forms groups.");
        for (const ReviewedGroup& group : review->groups) report.entries.push_back(reviewed_entry(group));
        add_entry(report, "In no group", waiting_lines(*review));
        add_entry(report, "Set aside", set_aside_lines(review->set_aside));
        add_entry(report, "Please note", bullets(review->warnings));
        return {CommandOutcome::Kind::reported, std::move(report)};
    }

private:
    std::string count_of(const CohortSummary& cohort) const override {
        return cohort.groups > 0 ? counted(static_cast<std::size_t>(cohort.groups), "group") : "";
    }

    static ReportEntry reviewed_entry(const ReviewedGroup& group) {
        ReportEntry entry = group_entry(group);
        entry.heading += group.realized ? " · on Discord" : " · not on Discord yet";
        if (group.pinned) entry.heading += " · pinned";
        return entry;
    }
};

}  // namespace

std::unique_ptr<SlashCommand> make_groups_slash_command() {
    return std::make_unique<GroupsSlashCommand>();
}

}  // namespace convene::discord
