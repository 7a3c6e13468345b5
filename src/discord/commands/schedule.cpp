#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/explain_cohort.h"
#include "app/queries/cohorts.h"
#include "app/queries/runs.h"
#include "app/schedule_cohort.h"
#include "discord/commands/group_lines.h"
#include "discord/commands/slash_command.h"
#include "discord/realize/text.h"

namespace convene::discord {
namespace {

constexpr int kLargestGroup = 100;
constexpr int kMinutesPerWeekAtMost = 10080;

std::optional<int> integer(const std::vector<InteractionOption>& options, std::string_view name) {
    const auto text = option_text(options, name);
    if (!text) return std::nullopt;
    int number = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
    return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

/// Did an earlier attempt of this job write its groups before it died?
bool written_before(Database& database, const BotJob& job) {
    const auto runs = database.cohorts().list_runs(*job.cohort_id);
    return std::any_of(runs.begin(), runs.end(), [&](const StoredRun& run) {
        return run.run.kind == "schedule" && run.run.job_id == job.job_id && wrote_plan(run.run.status);
    });
}

std::string progress_text(const ScheduleProgress& progress) {
    std::string text =
        fmt::format("Scheduling {}…", counted(static_cast<std::size_t>(progress.pending_users), "user"));
    if (progress.solve.bound.placed > 0)
        text += fmt::format(" {} placed, at most {} possible", progress.solve.incumbent.placed,
                            progress.solve.bound.placed);
    if (progress.attempt > 1) text += " (again: the cohort changed meanwhile)";
    return text;
}

std::string proof_line(const Plan& plan) {
    if (plan.status == PlanStatus::optimal)
        return "Proven best: no plan places more, or as many with less if-needed time.";
    return fmt::format("The time limit ended the search: no plan places more than {}.",
                       counted(static_cast<std::size_t>(plan.bound.placed), "participant"));
}

/// Groups that this run made or added to; all of them when `result` is empty.
void add_groups(Report& report, const CohortReview& review, const SchedulingResult* result) {
    const auto concerned = [&](GroupId group) {
        if (result == nullptr) return true;
        const auto is_it = [&](const ScheduledGroup& made) { return made.group_id == group; };
        return std::any_of(result->groups.begin(), result->groups.end(), is_it) ||
               std::any_of(result->additions.begin(), result->additions.end(), is_it);
    };
    for (const ReviewedGroup& group : review.groups) {
        if (concerned(group.group_id)) report.entries.push_back(group_entry(group));
    }
}

const char* const kNext =
    "Next: `/groups` to look them over, `/realize-groups` to build their channels and events.";

Report result_report(CommandContext& context, const SchedulingResult& result) {
    Report report;
    report.title = fmt::format("{}: {} of {} placed", one_line(result.cohort_name), result.placed,
                               counted(static_cast<std::size_t>(result.pending_users), "participant"));
    report.colour = result.placed == result.pending_users ? colour::kGood : colour::kMixed;
    std::string made = counted(result.groups.size(), "new group");
    if (!result.additions.empty()) made += ", " + counted(result.additions.size(), "group") + " filled up";
    report.lead = {made + fmt::format("; {} on if-needed time.", result.plan.objective.if_needed),
                   proof_line(result.plan), kNext};
    if (const auto review = review_of(context.database, context.zones, result.cohort_id))
        add_groups(report, *review, &result);
    add_entry(report, fmt::format("Not placed: {}", result.unassigned.size()),
              unplaced_lines(result.unassigned));
    add_entry(report, fmt::format("Set aside: {}", result.set_aside.size()),
              set_aside_lines(result.set_aside));
    add_entry(report, "Facilitators without a group", bullets(result.idle_facilitators));
    add_entry(report, "Please note", bullets(result.warnings));
    return report;
}

/// What is in the database, when an earlier attempt wrote it and nobody could be told.
Report stored_report(CommandContext& context, CohortId cohort) {
    const auto review = review_of(context.database, context.zones, cohort);
    if (!review)
        return short_report("The groups are stored", {"Look at them with `/groups`."}, colour::kGood);
    Report report;
    report.title = one_line(review->cohort.cohort_name) + ": the groups are stored";
    report.colour = colour::kGood;
    report.lead = {"The bot was restarted after it had stored the groups and before it could say so.",
                   counted(review->groups.size(), "group") + " as they stand now.", kNext};
    add_groups(report, *review, nullptr);
    const auto snapshot = context.database.cohorts().load_cohort(cohort);
    const auto explained = snapshot ? explain_cohort(*snapshot, context.zones)
                                    : tl::expected<CohortExplanation, InputFaults>(CohortExplanation{});
    std::vector<UnassignedPerson> unplaced;
    if (explained) {
        for (const PersonExplanation& person : explained->people) {
            if (person.standing == PersonExplanation::Standing::unplaced)
                unplaced.push_back({person.user_id, person.name,
                                    person.reason.value_or(UnplacedReason::outcompeted), person.detail,
                                    person.cure});
        }
    }
    add_entry(report, fmt::format("Not placed: {}", unplaced.size()), unplaced_lines(unplaced));
    add_entry(report, fmt::format("Set aside: {}", review->set_aside.size()),
              set_aside_lines(review->set_aside));
    return report;
}

Report nothing_report(const SchedulingResult& result) {
    Report report;
    report.title = one_line(result.cohort_name) + ": nothing to schedule";
    report.lead = {result.pending_users == 0
                       ? "Nobody is waiting for a group. `/groups` shows those there are."
                       : fmt::format("{} waiting, and no plan would place any of them.",
                                     result.pending_users == 1
                                         ? "1 participant is"
                                         : fmt::format("{} participants are", result.pending_users))};
    add_entry(report, fmt::format("Not placed: {}", result.unassigned.size()),
              unplaced_lines(result.unassigned));
    add_entry(report, fmt::format("Set aside: {}", result.set_aside.size()),
              set_aside_lines(result.set_aside));
    return report;
}

class ScheduleSlashCommand final : public SlashCommand {
public:
    CommandDefinition definition() const override {
        using Type = CommandOption::Type;
        return {"schedule",
                "Form groups for everybody who is waiting for one",
                {cohort_option(),
                 {Type::integer, "min", "Least participants of a group, for this run", false, false, 1,
                  kLargestGroup},
                 {Type::integer, "max", "Most participants of a group, for this run", false, false, 1,
                  kLargestGroup},
                 {Type::integer, "meeting-length", "Minutes of a meeting, for this run", false, false, 1,
                  kMinutesPerWeekAtMost},
                 {Type::truth,
                  "use-if-needed",
                  "Whether if-needed hours may be used, for this run",
                  false,
                  false,
                  {},
                  {}}}};
    }
    bool ephemeral() const override { return false; }
    bool exclusive() const override { return true; }

    std::vector<Choice> choices(Database& database) const override {
        std::vector<Choice> choices;
        for (const SchedulableCohort& cohort : get_schedulable_cohorts(database.cohorts()))
            choices.push_back(cohort_choice(cohort.cohort_id, cohort.cohort_name,
                                            fmt::format("{} pending", cohort.pending_users)));
        return choices;
    }

    CommandOutcome run(CommandContext& context) const override {
        const CohortId cohort = *context.job.cohort_id;
        if (context.job.attempts > 1 && written_before(context.database, context.job))
            return {CommandOutcome::Kind::reported, stored_report(context, cohort)};
        ScheduleOptions options = options_of(context);
        tl::expected<SchedulingResult, InputFaults> result;
        try {
            result =
                schedule_cohort(context.database.cohorts(), context.zones, context.clock, cohort, options);
        } catch (const StoreFailure& failure) {
            // Nobody knows whether the groups were written: look.
            if (failure.retry() == Retry::unknown && written_before(context.database, context.job))
                return {CommandOutcome::Kind::reported, stored_report(context, cohort)};
            throw;
        }
        if (!result) {
            auto lines = fault_lines(result.error());
            lines.emplace_back("Nothing was changed. Mend this and run `/schedule` again.");
            return {CommandOutcome::Kind::reported,
                    short_report("This cannot be scheduled", std::move(lines), colour::kBad)};
        }
        return outcome_of(context, *result);
    }

private:
    static ScheduleOptions options_of(const CommandContext& context) {
        ScheduleOptions options;
        options.overrides.min_size = integer(context.options, "min");
        options.overrides.max_size = integer(context.options, "max");
        options.overrides.meeting_minutes = integer(context.options, "meeting-length");
        options.overrides.no_if_needed = option_text(context.options, "use-if-needed") == "false";
        options.threads = context.threads;
        options.job_id = context.job.job_id;
        options.interrupted = context.should_stop;
        if (context.time_limit_s > 0) {
            options.deadline =
                std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::nanoseconds>(
                                                       std::chrono::duration<double>(context.time_limit_s));
        }
        options.on_progress = [progress = context.progress](const ScheduleProgress& now) {
            progress(progress_text(now));
        };
        return options;
    }

    static CommandOutcome outcome_of(CommandContext& context, const SchedulingResult& result) {
        using Kind = CommandOutcome::Kind;
        const std::string name = one_line(result.cohort_name);
        switch (result.status) {
            case ScheduleStatus::scheduled:
            case ScheduleStatus::planned:
                return {Kind::reported, result_report(context, result)};
            case ScheduleStatus::nothing_to_schedule:
                return {Kind::reported, nothing_report(result)};
            case ScheduleStatus::interrupted:
                return {Kind::parked, {}};
            case ScheduleStatus::busy:
                // Begun before: whoever had this job may not have heard yet that it is ours.
                if (context.job.attempts > 1) return {Kind::again_later, {}};
                return {Kind::reported,
                        short_report("Somebody else is scheduling this cohort",
                                     {"Nothing was changed. It is being scheduled from the command line or "
                                      "the board; look with `/groups` in a moment."},
                                     colour::kMixed)};
            case ScheduleStatus::stale:
                return {Kind::reported,
                        short_report(name + ": kept changing",
                                     {"The cohort was changed again and again while it was solved. Nothing "
                                      "was written; run `/schedule` again when it is quiet."},
                                     colour::kBad)};
            case ScheduleStatus::out_of_time:
                return {
                    Kind::reported,
                    short_report(name + ": no plan in time",
                                 {fmt::format("No group was found within {} seconds. Nothing was written; "
                                              "start the bot with a longer --time-limit.",
                                              context.time_limit_s)},
                                 colour::kBad)};
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<SlashCommand> make_schedule_slash_command() {
    return std::make_unique<ScheduleSlashCommand>();
}

}  // namespace convene::discord
