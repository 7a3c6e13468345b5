#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/archive_cohort.h"
#include "app/queries/groups.h"
#include "app/realization_json.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/commands/realize_report.h"
#include "cli/consent.h"
#include "cli/discord_access.h"
#include "cli/interrupt.h"
#include "cli/open_database.h"
#include "cli/print_json.h"
#include "cli/terminal/display_width.h"
#include "cli/terminal/progress_line.h"

namespace convene::cli {
namespace {

class Archive final : public Command {
public:
    std::string name() const override { return "archive"; }
    std::string summary() const override { return "End a cohort: its channels close, its history stays"; }
    std::string details() const override {
        return "On Discord, members may go on reading their channels and write or talk no more; coming "
               "events\n"
               "go. With --delete-channels the channels go too, with everything in them: that cannot be\n"
               "undone. In the database the cohort, its groups and its memberships become completed, and\n"
               "nothing is lost. The changes are shown first. On a terminal it asks; elsewhere it wants "
               "--yes.\n"
               "Killed at any moment and run again it goes on where it was.\n\n"
               "Example:\n"
               "  convene archive \"AI Safety - Jan 2025\" --plan\n"
               "  convene archive 1 --yes";
    }

    void declare(Arguments& arguments) override {
        arguments.required("COHORT", cohort_, "Id or name");
        arguments.flag("--plan", plan_only_, "Show the changes, make none");
        arguments.flag("--yes", yes_, "Do not ask");
        arguments.flag("--delete-channels", options_.delete_channels,
                       "Delete the channels instead of closing them");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        const auto database = open_database(context);
        const CohortSummary cohort = cohort_named(*database, cohort_);
        // A cohort that was never realized needs no Discord to end.
        std::unique_ptr<Realizer> realizer;
        if (is_on_discord(database->realization(), cohort.cohort_id))
            realizer =
                context.adapters.make_realizer(*database, required_discord_access(context.configuration));

        if (plan_only_ || !yes_) {
            const RealizationPlan plan = look(*database, realizer.get(), cohort.cohort_id, context);
            if (plan_only_ && json_) {
                print_plan_as_json(plan, context);
            } else {
                print_plan(plan, context);
            }
            if (plan_only_) return plan.blocked() ? ExitCode::answer_is_no : ExitCode::done;
            if (plan.blocked()) return ExitCode::answer_is_no;
            if (plan.steps.empty()) return ExitCode::done;
            if (!can_ask(context)) {
                context.output.err("Nothing was done: --yes carries it out.\n");
                return ExitCode::answer_is_no;
            }
            if (!consents(context)) return ExitCode::answer_is_no;
        }
        return carry_out(*database, realizer.get(), cohort.cohort_id, context);
    }

private:
    RealizationPlan look(Database& database, Realizer* realizer, CohortId cohort, Context& context) const {
        const ProgressLine progress(context.terminal, "comparing with Discord");
        return plan_archive(database.cohorts(), realizer, cohort, options_);
    }

    ExitCode carry_out(Database& database, Realizer* realizer, CohortId cohort, Context& context) {
        ArchiveResult result;
        {
            ProgressLine line(context.terminal, "archiving");
            options_.should_stop = interrupted;
            options_.on_progress = [&](const RealizationProgress& progress) {
                line.update(progress_text(progress));
            };
            result = archive_cohort(database.cohorts(), realizer, context.adapters.clock, cohort, options_);
        }
        if (json_) {
            print_as_json(result, context);
        } else {
            print(result, context);
        }
        switch (result.status) {
            case ArchiveStatus::done:
            case ArchiveStatus::nothing_to_do:
                return ExitCode::done;
            case ArchiveStatus::no_cohort:
            case ArchiveStatus::blocked:
            case ArchiveStatus::busy:
            case ArchiveStatus::stale:
                return ExitCode::answer_is_no;
            case ArchiveStatus::interrupted:
                return ExitCode::interrupted;
            case ArchiveStatus::incomplete:
            case ArchiveStatus::failed:
                return ExitCode::failed;
        }
        return ExitCode::failed;
    }

    static void print(const ArchiveResult& result, Context& context) {
        const std::string name = context.pen()(Ink::bold, printable(result.cohort_name));
        switch (result.status) {
            case ArchiveStatus::done:
                context.output.out(fmt::format("{} is archived. {}\n", name, made_text(result.outcome)));
                break;
            case ArchiveStatus::nothing_to_do:
                context.output.out(fmt::format("{}: nothing to do, it is archived already\n", name));
                break;
            case ArchiveStatus::no_cohort:
                context.output.err("The cohort is gone.\n");
                break;
            case ArchiveStatus::blocked:
                context.output.out(fmt::format("{}: nothing was begun\n", name));
                break;
            case ArchiveStatus::busy:
                context.output.err("Somebody else realizes or archives this cohort. Nothing was done.\n");
                break;
            case ArchiveStatus::stale:
                context.output.err(
                    fmt::format("{}: Discord is done, but somebody kept changing the cohort; run it again to "
                                "complete it\n",
                                name));
                break;
            case ArchiveStatus::interrupted:
            case ArchiveStatus::incomplete:
            case ArchiveStatus::failed:
                context.output.out(name + ": ");
                print_left(result.outcome, context);
                break;
        }
        print_notes(result.outcome.notes, context);
        if (!result.outcome.failure.empty()) {
            context.output.err(fmt::format("{} {}\n", context.error_pen()(Ink::red, "convene:"),
                                           printable(result.outcome.failure)));
        }
    }

    static void print_as_json(const ArchiveResult& result, Context& context) {
        print_json(context.output, {{"status", to_string(result.status)},
                                    {"cohort_name", result.cohort_name},
                                    {"done", to_json(result.outcome.done)},
                                    {"not_done", to_json(result.outcome.not_done)},
                                    {"notes", to_json(result.outcome.notes)},
                                    {"failure", result.outcome.failure},
                                    {"run_id", result.run_id.value},
                                    {"job_id", result.job_id}});
    }

    std::string cohort_;
    ArchiveOptions options_;
    bool plan_only_ = false;
    bool yes_ = false;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_archive_command() {
    return std::make_unique<Archive>();
}

}  // namespace convene::cli
