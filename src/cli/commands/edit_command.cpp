#include "cli/commands/edit_command.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/bad_input.h"
#include "cli/cli_text.h"
#include "cli/open_database.h"
#include "cli/print_json.h"
#include "cli/terminal/display_width.h"

namespace convene::cli {
namespace {

ExitCode exit_code(EditStatus status) {
    switch (status) {
        case EditStatus::done:
        case EditStatus::unchanged:
            return ExitCode::done;
        case EditStatus::refused:
        case EditStatus::nothing_to_undo:
        case EditStatus::stale:
            return ExitCode::answer_is_no;
    }
    return ExitCode::failed;
}

}  // namespace

void EditCommand::declare(Arguments& arguments) {
    declare_subject(arguments);
    arguments.text("--cohort", request_.cohort, "NAME|ID",
                   "Only needed when several running cohorts could be meant");
    if (can_be_forced())
        arguments.flag("--force", request_.force, "Do it in spite of broken rules, and record them");
    arguments.flag("--json", json_, "Print JSON");
}

ExitCode EditCommand::run(Context& context) {
    const auto database = open_database(context);
    GroupEditor editor(database->cohorts(), context.adapters.zones, context.adapters.clock);
    request_.author = author();
    const EditAnswer answer = edit(editor, request_);
    if (!answer) throw BadInput("", answer.error());
    if (json_) {
        print_as_json(*answer, context);
    } else {
        print(*answer, context);
    }
    return exit_code(answer->status);
}

void EditCommand::print(const EditResult& result, Context& context) const {
    const Pen pen = context.pen();
    const std::string summary = printable(result.summary);
    switch (result.status) {
        case EditStatus::done:
            context.output.out(fmt::format("{} {}\n", pen(Ink::green, "done:"), summary));
            break;
        case EditStatus::refused:
            context.output.out(fmt::format("{} {}\n", pen(Ink::red, "refused:"), summary));
            break;
        case EditStatus::unchanged:
            context.output.out(fmt::format("{} {}\n", pen(Ink::yellow, "unchanged:"), summary));
            break;
        case EditStatus::nothing_to_undo:
            context.output.out("There is no edit left to undo.\n");
            break;
        case EditStatus::stale:
            context.output.out(
                "Somebody else changed the cohort at that moment. Nothing was written; try again.\n");
            break;
    }
    for (const Violation& violation : result.violations) {
        context.output.out(fmt::format("  {} {}{}\n", pen(Ink::red, violation.rule),
                                       violation.group.empty() ? "" : printable(violation.group) + ": ",
                                       printable(violation.message)));
    }
    for (const std::string& note : result.notes) context.output.out(fmt::format("  {}\n", printable(note)));
    if (result.status == EditStatus::refused && can_be_forced()) {
        context.output.err("Nothing was written. --force does it anyway and records what it breaks.\n");
    }
}

void EditCommand::print_as_json(const EditResult& result, Context& context) const {
    nlohmann::ordered_json violations = nlohmann::ordered_json::array();
    for (const Violation& violation : result.violations) {
        violations.push_back(
            {{"rule", violation.rule}, {"group", violation.group}, {"message", violation.message}});
    }
    print_json(context.output, {{"status", to_string(result.status)},
                                {"cohort_id", result.cohort_id.value},
                                {"cohort_name", result.cohort_name},
                                {"summary", result.summary},
                                {"violations", violations},
                                {"notes", result.notes},
                                {"edit_id", result.edit_id.value}});
}

}  // namespace convene::cli
