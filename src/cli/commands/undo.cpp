#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

class Undo final : public EditCommand {
public:
    std::string name() const override { return "undo"; }
    std::string summary() const override { return "Take back the latest edit; again: the one before it"; }
    std::string details() const override {
        return "Refused when what the edit changed was changed since by something else. `convene runs` "
               "lists\n"
               "edits.\n\n"
               "Example:\n"
               "  convene undo --cohort 1";
    }

protected:
    void declare_subject(Arguments& /*arguments*/) override {}
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override { return editor.undo(request); }
};

}  // namespace

std::unique_ptr<Command> make_undo_command() {
    return std::make_unique<Undo>();
}

}  // namespace convene::cli
