#include "app/locate.h"
#include "app/queries/groups.h"
#include "app/queries/people.h"
#include "app/welcome_mail.h"
#include "cli/bad_input.h"
#include "cli/cli_text.h"
#include "cli/commands/all_commands.h"
#include "cli/open_database.h"
#include "cli/print_json.h"

#include <nlohmann/json.hpp>

namespace convene::cli {
namespace {

class Welcome final : public Command {
public:
    std::string name() const override { return "welcome"; }
    std::string summary() const override { return "A group's welcome as an e-mail, or as data"; }
    std::string details() const override {
        return "Prints what the group is told on Discord as a plain e-mail: members with the meeting time "
               "on\n"
               "their own clocks, every date, the first event once it exists. Subject first, then a blank\n"
               "line. --json gives the same as data, for mail merges and other programs. Nothing is sent.\n\n"
               "Example:\n"
               "  convene welcome \"Group 2\"\n"
               "  convene welcome \"Group 2\" --json | jq .members";
    }

    void declare(Arguments& arguments) override {
        arguments.required("GROUP", group_, "Name or id");
        arguments.text("--cohort", cohort_, "NAME|ID",
                       "Only needed when several running cohorts could be meant");
        arguments.flag("--json", json_, "Print JSON");
    }

    ExitCode run(Context& context) override {
        const auto database = open_database(context);
        Names names;
        if (cohort_) names.cohort = *cohort_;
        names.groups = {group_};
        const auto cohort = locate(database->cohorts(), names);
        if (!cohort) throw BadInput("", cohort.error());
        const auto group = find_group(*cohort, group_);
        if (!group) throw BadInput("", group.error());
        const auto data = get_group_welcome_data(database->realization(), cohort->cohort.cohort_id, *group,
                                                 context.configuration.discord_guild_id);
        if (!data) throw BadInput("", {{"group", group_, "has ended; only running groups are welcomed"}});
        if (json_) {
            print_json(context.output, to_json(*data));
            return ExitCode::done;
        }
        const WelcomeMail mail = format_welcome_mail(*data, context.adapters.zones);
        context.output.out("Subject: " + mail.subject + "\n\n" + mail.body);
        return ExitCode::done;
    }

private:
    std::string group_;
    std::optional<std::string> cohort_;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_welcome_command() {
    return std::make_unique<Welcome>();
}

}  // namespace convene::cli
