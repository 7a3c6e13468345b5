#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

class Remove final : public EditCommand {
public:
    std::string name() const override { return "remove"; }
    std::string summary() const override {
        return "Take a person out of their group; they look for one again";
    }
    std::string details() const override {
        return "They are eligible for the next `convene schedule`.\n\n"
               "Example:\n"
               "  convene remove \"Participant 17\"";
    }

protected:
    void declare_subject(Arguments& arguments) override {
        arguments.required("PERSON", person_, "Name, id, e-mail or Discord id");
        arguments.text("--from", group_, "GROUP", "Only needed for somebody who leads several groups");
    }
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override {
        return editor.remove(request, person_, group_);
    }

private:
    std::string person_;
    std::optional<std::string> group_;
};

}  // namespace

std::unique_ptr<Command> make_remove_command() {
    return std::make_unique<Remove>();
}

}  // namespace convene::cli
