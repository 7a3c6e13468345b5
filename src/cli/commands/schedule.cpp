#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/schedule_cohort.h"
#include "cli/bad_input.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/commands/schedule_report.h"
#include "cli/interrupt.h"
#include "cli/open_database.h"
#include "cli/solve_progress.h"
#include "cli/terminal/progress_line.h"

namespace convene::cli {
namespace {

constexpr int kLargestGroup = 1000;

class ScheduleCommand final : public Command {
public:
    std::string name() const override { return "schedule"; }
    std::string summary() const override { return "Form groups for those awaiting grouping, and keep them"; }
    std::string details() const override {
        return "Existing groups stay as they are; their free seats are filled first. Discord is not "
               "touched:\n"
               "that is `convene realize`. Options replace the cohort's own rules for this run. Ctrl-C\n"
               "writes nothing.\n\n"
               "--alternatives K shows up to K plans that are as good as each other and differ in times, "
               "and\n"
               "writes nothing; --accept N, with the same seed and rules, writes the Nth of them.\n\n"
               "Example:\n"
               "  convene schedule \"AI Safety - Jan 2025\" --dry-run\n"
               "  convene schedule 1 --alternatives 3\n"
               "  convene schedule 1 --accept 2\n"
               "  convene schedule 1 --min 5 --max 8";
    }

    void declare(Arguments& arguments) override {
        arguments.required("COHORT", cohort_, "Id or name");
        arguments.number("--min", options_.overrides.min_size, 1, kLargestGroup, "Least members of a group");
        arguments.number("--max", options_.overrides.max_size, 1, kLargestGroup, "Most members of a group");
        arguments.number("--meeting-length", options_.overrides.meeting_minutes, 1, 10080,
                         "Minutes of a meeting");
        arguments.flag("--no-if-needed", options_.overrides.no_if_needed, "Leave if-needed hours alone");
        arguments.seconds("--time-limit", time_limit_s_,
                          "Take the best plan found after S seconds (default 60)");
        arguments.number("--seed", options_.seed,
                         "Seed of the search (default 0); the same seed gives the same plan");
        arguments.number("--threads", threads_, 1, 1024, "Threads (default: as many as the machine has)");
        arguments.number("--alternatives", plans_, 1, kMostPlans, "Show up to K plans to choose from");
        arguments.number("--accept", accept_, 1, kMostPlans, "Write the Nth of the plans to choose from");
        arguments.flag("--dry-run", options_.dry_run, "Show the groups, write nothing");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        const auto database = open_database(context);
        const CohortSummary cohort = cohort_named(*database, cohort_);
        tl::expected<SchedulingResult, InputFaults> result;
        {
            ProgressLine line(context.terminal, "scheduling " + cohort.cohort_name);
            options_.threads = threads_.value_or(0);
            options_.plans = plans_.value_or(1);
            options_.accept = accept_.value_or(0);
            options_.deadline = deadline_after(time_limit_s_);
            options_.interrupted = interrupted;
            options_.on_progress = [&](const ScheduleProgress& progress) {
                line.update(
                    fmt::format("scheduling {}: {}{}", counted(progress.pending_users, "user"),
                                progress_text(progress.solve),
                                progress.attempt > 1 ? " (again: the cohort changed meanwhile)" : ""));
            };
            result = schedule_cohort(database->cohorts(), context.adapters.zones, context.adapters.clock,
                                     cohort.cohort_id, options_);
        }
        if (!result) throw BadInput("", result.error());
        if (json_) {
            print_schedule_as_json(*result, context);
        } else {
            print_schedule(*result, context);
        }
        return exit_code(result->status);
    }

private:
    static ExitCode exit_code(ScheduleStatus status) {
        switch (status) {
            case ScheduleStatus::scheduled:
            case ScheduleStatus::planned:
                return ExitCode::done;
            case ScheduleStatus::nothing_to_schedule:
            case ScheduleStatus::busy:
            case ScheduleStatus::stale:
            case ScheduleStatus::out_of_time:
                return ExitCode::answer_is_no;
            case ScheduleStatus::interrupted:
                return ExitCode::interrupted;
        }
        return ExitCode::failed;
    }

    std::string cohort_;
    ScheduleOptions options_;
    double time_limit_s_ = kDefaultTimeLimitS;
    std::optional<int> threads_;
    std::optional<int> plans_;
    std::optional<int> accept_;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_schedule_command() {
    return std::make_unique<ScheduleCommand>();
}

}  // namespace convene::cli
