#include "app/queries/groups.h"
#include "app/review_groups.h"
#include "cli/bad_input.h"
#include "cli/commands/all_commands.h"
#include "cli/commands/groups_report.h"
#include "cli/open_database.h"
#include "cli/terminal/week_grid.h"
#include "core/explain/heat_map.h"

namespace convene::cli {
namespace {

class Groups final : public Command {
public:
    std::string name() const override { return "groups"; }
    std::string summary() const override {
        return "Review a cohort's groups: members, their local times, every meeting";
    }
    std::string details() const override {
        return "Shows each group with its members' own local meeting time (and when a clock change moves\n"
               "it), the dates, who relies on if-needed hours and who falls outside their hours in which\n"
               "week; then who is in no group, and a heat map of the cohort's week.\n\n"
               "Example:\n"
               "  convene groups \"AI Safety - Jan 2025\"\n"
               "  convene groups 1 --json | jq '.groups[].meeting_time_utc'";
    }

    void declare(Arguments& arguments) override {
        arguments.required("COHORT", cohort_, "Id or name");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        const auto database = open_database(context);
        const CohortSnapshot cohort = load_cohort_named(*database, cohort_);
        const auto review = review_groups(cohort, context.adapters.zones,
                                          realized_groups(database->realization(), cohort.cohort.cohort_id));
        if (!review) throw BadInput("", review.error());
        if (json_) {
            print_groups_as_json(*review, context);
            return ExitCode::done;
        }
        print_groups(*review, context);
        print_heat_map(cohort, context);
        return ExitCode::done;
    }

private:
    static void print_heat_map(const CohortSnapshot& cohort, Context& context) {
        const auto problem = build_problem(cohort, context.adapters.zones, {}, KeepGroups::none);
        if (!problem) return;  // the review above has said why
        const HeatMap map = heat_map(problem->problem, utc_zone());
        WeekGrid grid{};
        for (int day = 0; day < 7; ++day) {
            for (int hour = 0; hour < 24; ++hour) {
                const HeatCell& cell = map.at(day, hour * 60);
                grid[static_cast<std::size_t>(day)][static_cast<std::size_t>(hour)] =
                    cell.participants + cell.participants_if_needed;
            }
        }
        context.output.out(
            "\nParticipants free for the whole hour (UTC, in the first week, if-needed hours counted):\n" +
            week_grid_text(grid, context.pen()));
    }

    std::string cohort_;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_groups_command() {
    return std::make_unique<Groups>();
}

}  // namespace convene::cli
