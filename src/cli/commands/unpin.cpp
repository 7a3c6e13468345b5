#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

class Unpin final : public EditCommand {
public:
    std::string name() const override { return "unpin"; }
    std::string summary() const override { return "Let go of a pinned group or person"; }
    std::string details() const override {
        return "The opposite of `convene pin`.\n\n"
               "Example:\n"
               "  convene unpin \"Group 2\"";
    }

protected:
    void declare_subject(Arguments& arguments) override {
        arguments.required("TARGET", target_, "A group or a person");
    }
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override {
        return editor.unpin(request, target_);
    }
    bool can_be_forced() const override { return false; }

private:
    std::string target_;
};

}  // namespace

std::unique_ptr<Command> make_unpin_command() {
    return std::make_unique<Unpin>();
}

}  // namespace convene::cli
