#include "app/realize_cohort.h"

#include <string>

#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/commands/realize_report.h"
#include "cli/consent.h"
#include "cli/discord_access.h"
#include "cli/interrupt.h"
#include "cli/open_database.h"
#include "cli/terminal/display_width.h"
#include "cli/terminal/progress_line.h"

#include <fmt/format.h>

namespace convene::cli {
namespace {

class Realize final : public Command {
public:
    std::string name() const override { return "realize"; }
    std::string summary() const override {
        return "Build the groups' homes on Discord, or show what that would do";
    }
    std::string details() const override {
        return "Needs DISCORD_TOKEN and DISCORD_GUILD_ID, in the environment or in convene.toml. Killed at\n"
               "any moment and run again it goes on where it was; once all is there, it does nothing. On a\n"
               "terminal it shows the changes and asks before it begins; from a script or a timer it runs\n"
               "at once, unless a part of the plan will never be possible as things are: then it begins\n"
               "nothing without --yes.\n\n"
               "Example:\n"
               "  convene realize \"AI Safety - Jan 2025\" --plan\n"
               "  convene realize 1 --yes";
    }

    void declare(Arguments& arguments) override {
        arguments.required("COHORT", cohort_, "Id or name");
        arguments.flag("--plan", plan_only_, "Show the changes, make none");
        arguments.flag("--yes", yes_, "Do not ask, and do what is possible");
        arguments.flag("--restore", options_.realization.restore,
                       "Take back what people changed or deleted by hand");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        const DiscordAccess access = required_discord_access(context.configuration);
        const auto database = open_database(context);
        const CohortSummary cohort = cohort_named(*database, cohort_);
        const auto realizer = context.adapters.make_realizer(*database, access);

        // Where nobody can be asked, a plan of which a part will never be possible is not begun without
        // --yes. That events have to wait for others to pass is no such part: a timer must go on topping them
        // up.
        const bool ask = !plan_only_ && !yes_ && can_ask(context);
        options_.realization.partly = yes_ || ask;
        if (plan_only_ || ask) {
            const RealizationPlan plan = look(*realizer, cohort.cohort_id, context);
            if (plan_only_) {
                if (json_) print_plan_as_json(plan, context);
                if (!json_) print_plan(plan, context);
                const bool can_go_on = !plan.blocked() && !plan.steps.empty();
                if (can_go_on && !json_ && context.terminal.out_is_terminal)
                    context.output.err(fmt::format("Next: convene realize {}\n", cohort.cohort_id.value));
                return plan.blocked() ? ExitCode::answer_is_no : ExitCode::done;
            }
            if (!plan.blocked() && !plan.steps.empty()) {
                print_plan(plan, context);
                if (!consents(context)) return ExitCode::answer_is_no;
            }
        }
        return carry_out(*database, *realizer, cohort, context);
    }

private:
    RealizationPlan look(Realizer& realizer, CohortId cohort, Context& context) const {
        const ProgressLine progress(context.terminal, "comparing with Discord");
        return plan_realization(realizer, cohort, options_.realization);
    }

    ExitCode carry_out(Database& database, Realizer& realizer, const CohortSummary& cohort,
                       Context& context) {
        RealizeResult result;
        {
            ProgressLine line(context.terminal, "realizing");
            options_.should_stop = interrupted;
            options_.on_progress = [&](const RealizationProgress& progress) {
                line.update(progress_text(progress));
            };
            result = realize_cohort(database.cohorts(), realizer, context.adapters.clock, cohort.cohort_id,
                                    options_);
        }
        if (json_) {
            print_realization_as_json(result, context);
        } else if (result.status == RealizeStatus::no_groups && cohort.status == CohortStatus::completed) {
            context.output.out(printable(cohort.cohort_name) +
                               ": it is archived, there are no running groups\n");
        } else {
            print_realization(result, context);
        }
        switch (result.status) {
            case RealizeStatus::done:
            case RealizeStatus::nothing_to_do:
                return ExitCode::done;
            case RealizeStatus::no_groups:
            case RealizeStatus::blocked:
            case RealizeStatus::busy:
                return ExitCode::answer_is_no;
            case RealizeStatus::interrupted:
                return ExitCode::interrupted;
            case RealizeStatus::incomplete:
            case RealizeStatus::failed:
                return ExitCode::failed;
        }
        return ExitCode::failed;
    }

    std::string cohort_;
    RealizeOptions options_;
    bool plan_only_ = false;
    bool yes_ = false;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_realize_command() {
    return std::make_unique<Realize>();
}

}  // namespace convene::cli
