#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

class Pin final : public EditCommand {
public:
    std::string name() const override { return "pin"; }
    std::string summary() const override {
        return "Hold a group's time and facilitator, or a person's place";
    }
    std::string details() const override {
        return "What is pinned stays when anything is scheduled or edited, until it is unpinned.\n\n"
               "Example:\n"
               "  convene pin \"Group 2\"\n"
               "  convene pin \"Participant 17\"";
    }

protected:
    void declare_subject(Arguments& arguments) override {
        arguments.required("TARGET", target_, "A group or a person");
    }
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override {
        return editor.pin(request, target_);
    }
    bool can_be_forced() const override { return false; }

private:
    std::string target_;
};

}  // namespace

std::unique_ptr<Command> make_pin_command() {
    return std::make_unique<Pin>();
}

}  // namespace convene::cli
