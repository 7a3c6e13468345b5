#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cohort_json.h"
#include "app/queries/cohorts.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/open_database.h"
#include "cli/print_json.h"
#include "cli/terminal/table.h"

namespace convene::cli {
namespace {

class Cohorts final : public Command {
public:
    std::string name() const override { return "cohorts"; }
    std::string summary() const override { return "List the cohorts with their counts"; }
    std::string details() const override {
        return "awaiting: looking for a group. ungroupable: the last run found none (`convene explain` says\n"
               "why). realized: groups that have their channels on Discord.\n\n"
               "Example:\n"
               "  convene cohorts --db sqlite:spring.db";
    }
    void declare(Arguments& arguments) override { arguments.flag("--json", json_, "Print JSON"); }

    ExitCode run(Context& context) override {
        const auto database = open_database(context);
        const std::vector<CohortSummary> cohorts = list_cohorts(database->cohorts());
        if (json_) {
            print_as_json(cohorts, context);
        } else if (cohorts.empty()) {
            context.output.out("No cohorts yet: `convene import FILE` brings one in.\n");
        } else {
            context.output.out(table(cohorts).text(context.pen(), context.table_width()));
        }
        return ExitCode::done;
    }

private:
    static Table table(const std::vector<CohortSummary>& cohorts) {
        Table table({{"id", Align::right},
                     {"cohort", Align::left, true},
                     {"starts"},
                     {"status"},
                     {"awaiting", Align::right},
                     {"grouped", Align::right},
                     {"ungroupable", Align::right},
                     {"groups", Align::right},
                     {"realized", Align::right}});
        for (const CohortSummary& cohort : cohorts) {
            table.add(
                {fmt::to_string(cohort.cohort_id.value), cohort.cohort_name, to_string(cohort.start_date),
                 std::string(word(cohort.status)),
                 Cell(fmt::to_string(cohort.awaiting), cohort.awaiting > 0 ? Ink::yellow : Ink::plain),
                 fmt::to_string(cohort.grouped),
                 Cell(fmt::to_string(cohort.ungroupable), cohort.ungroupable > 0 ? Ink::red : Ink::plain),
                 fmt::to_string(cohort.groups), fmt::to_string(cohort.realized)});
        }
        return table;
    }

    static void print_as_json(const std::vector<CohortSummary>& cohorts, Context& context) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const CohortSummary& cohort : cohorts) list.push_back(to_json(cohort));
        print_json(context.output, list);
    }

    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_cohorts_command() {
    return std::make_unique<Cohorts>();
}

}  // namespace convene::cli
