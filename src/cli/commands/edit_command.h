// src/cli/commands/edit_command.h: what all edits of groups have in common.
#pragma once
#include <string>

#include "app/edit_groups.h"
#include "cli/command.h"

namespace convene::cli {

/// Takes --cohort, --force and --json, judges nothing itself, and says what became of the edit.
class EditCommand : public Command {
public:
    void declare(Arguments& arguments) final;
    [[nodiscard]] ExitCode run(Context& context) final;

protected:
    /// Arguments of this edit.
    virtual void declare_subject(Arguments& arguments) = 0;
    [[nodiscard]] virtual EditAnswer edit(GroupEditor& editor, const EditRequest& request) = 0;
    /// Whether breaking rules is possible at all, so that --force makes sense.
    [[nodiscard]] virtual bool can_be_forced() const { return true; }

private:
    void print(const EditResult& result, Context& context) const;
    void print_as_json(const EditResult& result, Context& context) const;

    EditRequest request_;
    bool json_ = false;
};

}  // namespace convene::cli
