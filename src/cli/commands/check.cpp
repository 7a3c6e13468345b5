#include "app/check_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/bad_input.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/print_json.h"
#include "cli/read_input.h"
#include "cli/terminal/display_width.h"
#include "cli/warnings.h"

namespace convene::cli {
namespace {

class Check final : public Command {
public:
    std::string name() const override { return "check"; }
    std::string summary() const override {
        return "Judge any plan against a cohort file by the rules R1 to R10";
    }
    std::string details() const override {
        return "One line per violation, with the number of the rule. Exit code 1 when there are any. The\n"
               "plan may come from anywhere: this shares no code with the solver.\n\n"
               "Example:\n"
               "  convene solve spring.cohort.json | convene check spring.cohort.json -";
    }
    bool uses_database() const override { return false; }

    void declare(Arguments& arguments) override {
        arguments.required("FILE", file_, "Cohort file (convene/cohort@1), - for standard input");
        arguments.required("PLAN", plan_, "Plan (convene/plan@1), - for standard input");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        if (file_ == "-" && plan_ == "-") throw WrongUsage("only one of FILE and PLAN can be standard input");
        const auto checked = check_file(read_input(file_), read_input(plan_), context.adapters.zones);
        if (!checked) throw BadInput("", with_file_names(checked.error()));
        report_warnings("", with_file_names(checked->warnings), context);
        if (json_) {
            print_as_json(*checked, context);
        } else {
            print(*checked, context);
        }
        return checked->violations.empty() ? ExitCode::done : ExitCode::answer_is_no;
    }

private:
    /// The two files' faults come under the names `cohort file` and `plan`; people know them by their paths.
    InputFaults with_file_names(InputFaults faults) const {
        for (InputFault& fault : faults) {
            for (const auto& [word, path] : {std::pair{"cohort file", file_}, std::pair{"plan", plan_}}) {
                const std::string_view prefix(word);
                const bool whole = fault.path == prefix;
                if (!whole && !fault.path.starts_with(std::string(prefix) + ": ")) continue;
                fault.path.replace(0, prefix.size(), source_name(path));
                break;
            }
        }
        return faults;
    }

    static void print_as_json(const CheckedFile& checked, Context& context) {
        nlohmann::ordered_json violations = nlohmann::ordered_json::array();
        for (const Violation& violation : checked.violations) {
            violations.push_back(
                {{"rule", violation.rule}, {"group", violation.group}, {"message", violation.message}});
        }
        print_json(context.output, {{"valid", checked.violations.empty()},
                                    {"groups", checked.groups},
                                    {"placed", checked.placed},
                                    {"unplaced", checked.unplaced},
                                    {"violations", violations}});
    }

    static void print(const CheckedFile& checked, Context& context) {
        const Pen pen = context.pen();
        for (const Violation& violation : checked.violations) {
            const std::string where = violation.group.empty() ? "" : printable(violation.group) + ": ";
            context.output.out(
                fmt::format("{} {}{}\n", pen(Ink::red, violation.rule), where, printable(violation.message)));
        }
        if (checked.violations.empty()) {
            context.output.out(fmt::format("{}: {} in {}, {} unplaced, no rule broken\n",
                                           pen(Ink::green, "valid"), counted(checked.placed, "participant"),
                                           counted(checked.groups, "group"), checked.unplaced));
        } else {
            context.output.err(counted(checked.violations.size(), "violation") + '\n');
        }
    }

    std::string file_;
    std::string plan_;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_check_command() {
    return std::make_unique<Check>();
}

}  // namespace convene::cli
