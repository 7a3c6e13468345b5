#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

class Rename final : public EditCommand {
public:
    std::string name() const override { return "rename"; }
    std::string summary() const override { return "Give a group another name"; }
    std::string details() const override {
        return "Channels that exist already are renamed by the next `convene realize`, unless somebody\n"
               "renamed them by hand.\n\n"
               "Example:\n"
               "  convene rename \"Group 2\" \"Early birds\"";
    }

protected:
    void declare_subject(Arguments& arguments) override {
        arguments.required("GROUP", group_, "Name or id");
        arguments.required("NAME", new_name_, "The new name");
    }
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override {
        return editor.rename(request, group_, new_name_);
    }
    bool can_be_forced() const override { return false; }

private:
    std::string group_;
    std::string new_name_;
};

}  // namespace

std::unique_ptr<Command> make_rename_command() {
    return std::make_unique<Rename>();
}

}  // namespace convene::cli
