#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/import_cohort.h"
#include "cli/bad_input.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/open_database.h"
#include "cli/print_json.h"
#include "cli/read_input.h"
#include "cli/terminal/display_width.h"
#include "cli/terminal/progress_line.h"
#include "cli/warnings.h"
#include "formats/cohort_file.h"

namespace convene::cli {
namespace {

class Import final : public Command {
public:
    std::string name() const override { return "import"; }
    std::string summary() const override {
        return "Read a cohort file into the database, whole or not at all";
    }
    std::string details() const override {
        return "A file with faults changes nothing: all of them are listed at once. The same file again\n"
               "changes nothing either; a newer one updates people by their id. An empty database gets its\n"
               "tables first.\n\n"
               "Example:\n"
               "  convene import spring.cohort.json\n"
               "  convene import late-signups.cohort.json --cohort \"AI Safety - Jan 2025\"";
    }

    void declare(Arguments& arguments) override {
        arguments.required("FILE", file_, "Cohort file (convene/cohort@1), - for standard input");
        arguments.text("--cohort", cohort_, "NAME|ID",
                       "Import into this cohort instead of the one the file names");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        const std::string text = read_input(file_);
        // Judged before the database is touched: a faulty file must not even create it.
        const auto file = read_cohort_file(text, context.adapters.zones);
        if (!file) throw BadInput(source_name(file_), file.error());
        tl::expected<ImportOutcome, InputFaults> imported;
        {
            const ProgressLine progress(context.terminal, "importing " + source_name(file_));
            const auto database = open_or_create_database(context);
            imported = import_cohort_file(database->cohorts(), context.adapters.zones, text, {cohort_});
        }
        if (!imported) throw BadInput(source_name(file_), imported.error());
        report_warnings(source_name(file_), imported->warnings, context);
        print(*imported, context);
        return ExitCode::done;
    }

private:
    void print(const ImportOutcome& outcome, Context& context) const {
        const ImportReport& report = outcome.report;
        if (json_) {
            nlohmann::ordered_json warnings = nlohmann::ordered_json::array();
            for (const InputFault& warning : outcome.warnings) warnings.push_back(to_string(warning));
            print_json(context.output, {{"cohort_id", report.cohort_id.value},
                                        {"cohort_name", outcome.cohort_name},
                                        {"cohort_created", report.cohort_created},
                                        {"people", outcome.people},
                                        {"people_created", report.people_created},
                                        {"people_updated", report.people_updated},
                                        {"people_unchanged", report.people_unchanged},
                                        {"warnings", warnings}});
            return;
        }
        context.output.out(
            fmt::format("{} {} (id {}): {}, of whom {} new, {} updated, {} unchanged\n",
                        report.cohort_created ? "Created" : "Updated", printable(outcome.cohort_name),
                        report.cohort_id.value,
                        outcome.people == 1 ? "1 person" : fmt::format("{} people", outcome.people),
                        report.people_created, report.people_updated, report.people_unchanged));
        if (!context.terminal.out_is_terminal) return;
        context.output.err(fmt::format("Next: convene schedule {}\n", report.cohort_id.value));
    }

    std::string file_;
    std::optional<std::string> cohort_;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_import_command() {
    return std::make_unique<Import>();
}

}  // namespace convene::cli
