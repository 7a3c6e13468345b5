#include "app/solve_file.h"

#include "cli/bad_input.h"
#include "cli/commands/all_commands.h"
#include "cli/interrupt.h"
#include "cli/read_input.h"
#include "cli/solve_progress.h"
#include "cli/terminal/progress_line.h"
#include "cli/warnings.h"

namespace convene::cli {
namespace {

class Solve final : public Command {
public:
    std::string name() const override { return "solve"; }
    std::string summary() const override {
        return "Group a cohort file, without a database; the plan goes to standard output";
    }
    std::string details() const override {
        return "The plan is JSON (convene/plan@1). `status` says whether it is proven optimal; `bound` is\n"
               "what no plan can pass. When the time limit or Ctrl-C ends the search, the best plan so far\n"
               "is printed. Other plans as good (--alternatives) stand under `alternatives`.\n\n"
               "Example:\n"
               "  convene solve spring.cohort.json > spring.plan.json\n"
               "  convene check spring.cohort.json spring.plan.json";
    }
    bool uses_database() const override { return false; }

    void declare(Arguments& arguments) override {
        arguments.required("FILE", file_, "Cohort file (convene/cohort@1), - for standard input");
        arguments.seconds("--time-limit", time_limit_s_, "Stop searching after S seconds (default 60)");
        arguments.number("--seed", seed_,
                         "Seed of the search (default 0); the same seed gives the same plan");
        arguments.number("--threads", threads_, 1, 1024,
                         "Threads (default: as many as the machine has); never changes the plan");
        arguments.number("--alternatives", plans_, 1, kMostPlans,
                         "Up to K plans, as good as each other, that differ most in times");
        arguments.flag("--json", json_, "Print JSON, as it does without");
    }

    ExitCode run(Context& context) override {
        const std::string text = read_input(file_);
        tl::expected<SolvedFile, InputFaults> solved;
        {
            ProgressLine line(context.terminal, "grouping: searching");
            SolveFileOptions options;
            options.seed = seed_;
            options.threads = threads_.value_or(0);
            options.plans = plans_.value_or(1);
            options.deadline = deadline_after(time_limit_s_);
            options.should_stop = interrupted;
            options.on_progress = [&](const SolveProgress& progress) {
                line.update("grouping: " + progress_text(progress));
            };
            solved = solve_file(text, context.adapters.zones, options);
        }
        if (!solved) throw BadInput(source_name(file_), solved.error());
        report_warnings(source_name(file_), solved->warnings, context);
        context.output.out(solved->plan_text);
        if (!interrupted()) return ExitCode::done;
        context.output.err("Interrupted: the plan printed is the best found so far.\n");
        return ExitCode::interrupted;
    }

private:
    std::string file_;
    double time_limit_s_ = kDefaultTimeLimitS;
    std::uint64_t seed_ = 0;
    std::optional<int> threads_;
    std::optional<int> plans_;
    bool json_ = false;  ///< for scripts that ask every command for JSON
};

}  // namespace

std::unique_ptr<Command> make_solve_command() {
    return std::make_unique<Solve>();
}

}  // namespace convene::cli
