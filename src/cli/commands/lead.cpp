#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

class Lead final : public EditCommand {
public:
    std::string name() const override { return "lead"; }
    std::string summary() const override { return "Make a person the facilitator of a group"; }
    std::string details() const override {
        return "Whoever led it leaves it; other groups of both stay as they are.\n\n"
               "Example:\n"
               "  convene lead \"Group 2\" \"Facilitator 3\"";
    }

protected:
    void declare_subject(Arguments& arguments) override {
        arguments.required("GROUP", group_, "Name or id");
        arguments.required("PERSON", person_, "Name, id, e-mail or Discord id");
    }
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override {
        return editor.lead(request, group_, person_);
    }

private:
    std::string group_;
    std::string person_;
};

}  // namespace

std::unique_ptr<Command> make_lead_command() {
    return std::make_unique<Lead>();
}

}  // namespace convene::cli
