#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

class Move final : public EditCommand {
public:
    std::string name() const override { return "move"; }
    std::string summary() const override { return "Move a person to another group, or into one"; }
    std::string details() const override {
        return "A facilitator hands over the group they lead and takes the other; `convene lead` gives\n"
               "somebody a further group. Refused when a rule would be broken, unless --force is given.\n\n"
               "Example:\n"
               "  convene move \"Participant 17\" --to \"Group 2\"";
    }

protected:
    void declare_subject(Arguments& arguments) override {
        arguments.required("PERSON", person_, "Name, id, e-mail or Discord id");
        arguments.required_text("--to", group_, "GROUP", "Name or id of the group");
    }
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override {
        return editor.move(request, person_, group_);
    }

private:
    std::string person_;
    std::string group_;
};

}  // namespace

std::unique_ptr<Command> make_move_command() {
    return std::make_unique<Move>();
}

}  // namespace convene::cli
