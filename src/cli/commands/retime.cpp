#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

class Retime final : public EditCommand {
public:
    std::string name() const override { return "retime"; }
    std::string summary() const override { return "Give a group another weekly time"; }
    std::string details() const override {
        return "Past meetings stay; all later ones move. The time is meant in the zone where the group's\n"
               "time stays put (UTC unless the cohort says otherwise); --anchor changes that zone.\n\n"
               "Example:\n"
               "  convene retime \"Group 2\" --to \"Thursday 18:00\"\n"
               "  convene retime \"Group 2\" --to \"Thursday 19:00\" --anchor Europe/London";
    }

protected:
    void declare_subject(Arguments& arguments) override {
        arguments.required("GROUP", group_, "Name or id");
        arguments.required_text("--to", when_, "WHEN", "Weekday and time: \"Thursday 18:00\"");
        arguments.text("--anchor", anchor_, "ZONE", "Zone in which the weekly time stays put");
    }
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override {
        return editor.retime(request, group_, when_, anchor_);
    }

private:
    std::string group_;
    std::string when_;
    std::optional<std::string> anchor_;
};

}  // namespace

std::unique_ptr<Command> make_retime_command() {
    return std::make_unique<Retime>();
}

}  // namespace convene::cli
