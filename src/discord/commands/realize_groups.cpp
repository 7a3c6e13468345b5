#include <fmt/format.h>

#include "app/queries/cohorts.h"
#include "app/queries/groups.h"
#include "app/realize_cohort.h"
#include "app/remaining_text.h"
#include "discord/commands/group_lines.h"
#include "discord/commands/slash_command.h"
#include "discord/realize/text.h"
#include "discord/rest/rest_client.h"

namespace convene::discord {
namespace {

constexpr int kBusyTries = 60;
constexpr std::chrono::milliseconds kBusyPause{500};

/// The homes as the database knows them, whichever run built them.
void add_homes(Report& report, const CohortRealization& cohort) {
    for (const RealizationGroup& group : cohort.groups) {
        std::vector<std::string> lines;
        if (group.discord_text_channel_id && group.discord_voice_channel_id) {
            lines.push_back(fmt::format("<#{}> · <#{}>", *group.discord_text_channel_id,
                                        *group.discord_voice_channel_id));
        } else {
            lines.emplace_back("No channels yet.");
        }
        std::size_t events = 0;
        for (const RealizationMeeting& meeting : group.meetings) events += meeting.discord_event_id ? 1 : 0;
        if (!group.meetings.empty())
            lines.push_back(fmt::format("{}, {}", timestamp(group.meetings.front().scheduled_time, 'F'),
                                        fmt::format("{} of {} events", events, group.meetings.size())));
        report.entries.push_back({harmless(shortened(group.group_name, 200)), std::move(lines)});
    }
}

std::vector<RealizationNote> notes_of(const RealizeResult& result, RealizationNote::Kind kind) {
    std::vector<RealizationNote> found;
    for (const RealizationNote& note : result.outcome.notes) {
        if (note.kind == kind) found.push_back(note);
    }
    return found;
}

void add_notes(Report& report, const RealizeResult& result) {
    using Kind = RealizationNote::Kind;
    add_entry(report, "In the way", note_lines(notes_of(result, Kind::blocker)));
    add_entry(report, "Not possible now", note_lines(notes_of(result, Kind::shortfall)));
    add_entry(report, "Changed by hand, left so", note_lines(notes_of(result, Kind::drift)));
    add_entry(report, "Please note", note_lines(notes_of(result, Kind::info)));
}

class RealizeGroupsSlashCommand final : public SlashCommand {
public:
    CommandDefinition definition() const override {
        return {"realize-groups",
                "Build the channels, events and welcomes of a cohort's groups",
                {cohort_option()}};
    }
    bool ephemeral() const override { return false; }
    bool exclusive() const override { return true; }

    std::vector<Choice> choices(Database& database) const override {
        std::vector<Choice> choices;
        for (const RealizableCohort& cohort : get_realizable_cohorts(database.cohorts()))
            choices.push_back(cohort_choice(
                cohort.cohort_id, cohort.cohort_name,
                counted(static_cast<std::size_t>(cohort.unrealized_groups), "group") + " to realize"));
        return choices;
    }

    CommandOutcome run(CommandContext& context) const override {
        const CohortId cohort = *context.job.cohort_id;
        context.progress("Looking at the server…");
        RealizeOptions options;
        options.job_id = context.job.job_id;
        options.should_stop = context.should_stop;
        options.on_progress = [&](const RealizationProgress& progress) {
            context.progress(fmt::format("Building the homes: {} of {} done{}. {}", progress.done,
                                         progress.total, remaining_text(progress),
                                         harmless(progress.current)));
        };
        RealizeResult result;
        for (int attempt = 0; attempt < kBusyTries; ++attempt) {
            result =
                realize_cohort(context.database.cohorts(), context.realizer, context.clock, cohort, options);
            // The bot itself may be looking after this cohort's homes: that takes seconds.
            if (result.status != RealizeStatus::busy) break;
            context.progress("This cohort's homes are being looked after; waiting…");
            if (!RestClient::pause(kBusyPause, context.should_stop))
                return {CommandOutcome::Kind::parked, {}};
        }
        return outcome_of(context, cohort, result);
    }

private:
    static CommandOutcome outcome_of(CommandContext& context, CohortId cohort, const RealizeResult& result) {
        using Kind = CommandOutcome::Kind;
        if (result.status == RealizeStatus::interrupted) return {Kind::parked, {}};
        if (result.status == RealizeStatus::busy && context.job.attempts > 1) return {Kind::again_later, {}};
        const auto homes = get_cohort_groups_for_realization(context.database.realization(), cohort);
        Report report = headline(result, homes ? one_line(homes->cohort_name) : "the cohort");
        if (homes && shows_homes(result.status)) add_homes(report, *homes);
        add_notes(report, result);
        return {Kind::reported, std::move(report)};
    }

    static bool shows_homes(RealizeStatus status) {
        return status == RealizeStatus::done || status == RealizeStatus::nothing_to_do ||
               status == RealizeStatus::incomplete;
    }

    static Report headline(const RealizeResult& result, const std::string& name) {
        const std::size_t done = result.outcome.done.size();
        const std::size_t left = result.outcome.not_done.size();
        switch (result.status) {
            case RealizeStatus::done:
                return short_report(name + ": the homes are ready",
                                    {counted(done, "step") + " carried out. Members see their channels now."},
                                    colour::kGood);
            case RealizeStatus::nothing_to_do:
                return short_report(name + ": the homes are ready",
                                    {"Discord already shows what the database says."}, colour::kGood);
            case RealizeStatus::no_groups:
                return short_report(name + ": there are no groups yet", {"Form them with `/schedule` first."},
                                    colour::kMixed);
            case RealizeStatus::blocked:
                return short_report(name + ": this cannot be built yet",
                                    {"Nothing was begun. Mend what is in the way and run `/realize-groups` "
                                     "again."},
                                    colour::kBad);
            case RealizeStatus::busy:
                return short_report(name + ": being realized by somebody else",
                                    {"It is being built from the command line or the board. Nothing was done "
                                     "here."},
                                    colour::kMixed);
            case RealizeStatus::incomplete:
                return short_report(
                    name + ": built in part",
                    {fmt::format("{} done, {} not possible now; see below. `/realize-groups` goes on from "
                                 "here.",
                                 counted(done, "step"), left)},
                    colour::kMixed);
            case RealizeStatus::failed:
            case RealizeStatus::interrupted:
                break;
        }
        return short_report(
            name + ": stopped on the way",
            {harmless(result.outcome.failure),
             fmt::format("{} done, {} left. Run `/realize-groups` again: it goes on from here "
                         "and makes nothing twice.",
                         counted(done, "step"), left)},
            colour::kBad);
    }
};

}  // namespace

std::unique_ptr<SlashCommand> make_realize_groups_slash_command() {
    return std::make_unique<RealizeGroupsSlashCommand>();
}

}  // namespace convene::discord
