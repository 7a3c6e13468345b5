#include "app/explain_cohort.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cure_json.h"
#include "cli/bad_input.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/open_database.h"
#include "cli/print_json.h"
#include "cli/terminal/display_width.h"
#include "cli/terminal/progress_line.h"
#include "cli/warnings.h"

namespace convene::cli {
namespace {

class Explain final : public Command {
public:
    std::string name() const override { return "explain"; }
    std::string summary() const override { return "Why people are in no group, and what would help"; }
    std::string details() const override {
        return "One proven reason each, worked out from what the database says now. With PERSON, about them\n"
               "alone, whatever their standing. People are found by id, name, e-mail or Discord id.\n\n"
               "Example:\n"
               "  convene explain 1\n"
               "  convene explain 1 \"Participant 17\"";
    }

    void declare(Arguments& arguments) override {
        arguments.required("COHORT", cohort_, "Id or name");
        arguments.optional("PERSON", person_, "Only this person");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        const auto database = open_database(context);
        const CohortSnapshot cohort = load_cohort_named(*database, cohort_);
        tl::expected<CohortExplanation, InputFaults> explanation;
        {
            const ProgressLine progress(context.terminal, "looking for reasons");
            explanation = explain_cohort(cohort, context.adapters.zones, person_);
        }
        if (!explanation) throw BadInput("", explanation.error());
        if (json_) {
            print_as_json(*explanation, context);
        } else {
            print(*explanation, context);
        }
        return ExitCode::done;
    }

private:
    void print(const CohortExplanation& explanation, Context& context) const {
        const Pen pen = context.pen();
        const int width = context.terminal.out_is_terminal ? context.terminal.width : 110;
        report_warnings(explanation.warnings, context);
        if (explanation.people.empty()) {
            context.output.out(
                fmt::format("{}: everybody is in a group.\n", printable(explanation.cohort.cohort_name)));
        }
        for (const PersonExplanation& person : explanation.people) {
            const std::string standing = person.reason ? std::string(to_string(*person.reason))
                                                       : std::string(to_string(person.standing));
            context.output.out(fmt::format("{} ({}): {}\n", pen(Ink::bold, printable(person.name)),
                                           to_string(person.role), pen(colour_of(person), standing)));
            if (!person.group_name.empty()) {
                context.output.out(wrapped("in " + printable(person.group_name), width, "  ") + '\n');
            }
            if (!person.detail.empty())
                context.output.out(wrapped(printable(person.detail), width, "  ") + '\n');
            if (person.cure) {
                context.output.out(wrapped("would help: " + printable(person.cure->detail), width, "  ") +
                                   '\n');
            }
            if (person_ && !person.letter.empty()) {
                context.output.out("\n  A message you could send:\n" +
                                   wrapped(printable(person.letter), width, "    ") + '\n');
            }
        }
        if (!explanation.cures.empty()) {
            context.output.out("\nWhat would help most:\n");
            for (const Cure& cure : explanation.cures) {
                context.output.out(
                    wrapped(fmt::format("+{} {}", cure.places, printable(cure.detail)), width, "  ") + '\n');
            }
        }
    }

    static Ink colour_of(const PersonExplanation& person) {
        switch (person.standing) {
            case PersonExplanation::Standing::grouped:
                return Ink::green;
            case PersonExplanation::Standing::unplaced:
            case PersonExplanation::Standing::set_aside:
                return Ink::red;
            case PersonExplanation::Standing::waiting:
                return Ink::yellow;
        }
        return Ink::plain;
    }

    static void print_as_json(const CohortExplanation& explanation, Context& context) {
        nlohmann::ordered_json people = nlohmann::ordered_json::array();
        for (const PersonExplanation& person : explanation.people) {
            nlohmann::ordered_json entry = {{"user_id", person.user_id.value},
                                            {"name", person.name},
                                            {"role", to_string(person.role)},
                                            {"standing", to_string(person.standing)}};
            if (!person.group_name.empty()) entry["group"] = person.group_name;
            if (person.reason) entry["reason"] = to_string(*person.reason);
            if (!person.detail.empty()) entry["detail"] = person.detail;
            if (person.cure) entry["cure"] = to_json(*person.cure);
            if (!person.letter.empty()) entry["letter"] = person.letter;
            people.push_back(std::move(entry));
        }
        nlohmann::ordered_json cures = nlohmann::ordered_json::array();
        for (const Cure& cure : explanation.cures) cures.push_back(to_json(cure));
        print_json(context.output, {{"cohort_id", explanation.cohort.cohort_id.value},
                                    {"cohort_name", explanation.cohort.cohort_name},
                                    {"people", people},
                                    {"cures", cures},
                                    {"warnings", explanation.warnings}});
    }

    std::string cohort_;
    std::optional<std::string> person_;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_explain_command() {
    return std::make_unique<Explain>();
}

}  // namespace convene::cli
