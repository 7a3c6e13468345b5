// src/cli/commands/all_commands.h: every subcommand, in the order of the help.
#pragma once
#include <memory>
#include <vector>

#include "cli/command.h"

namespace convene::cli {

[[nodiscard]] std::vector<std::unique_ptr<Command>> all_commands();

// One file each, named after the command.
[[nodiscard]] std::unique_ptr<Command> make_demo_command();
[[nodiscard]] std::unique_ptr<Command> make_solve_command();
[[nodiscard]] std::unique_ptr<Command> make_check_command();
[[nodiscard]] std::unique_ptr<Command> make_db_migrate_command();
[[nodiscard]] std::unique_ptr<Command> make_db_status_command();
[[nodiscard]] std::unique_ptr<Command> make_import_command();
[[nodiscard]] std::unique_ptr<Command> make_cohorts_command();
[[nodiscard]] std::unique_ptr<Command> make_schedule_command();
[[nodiscard]] std::unique_ptr<Command> make_groups_command();
[[nodiscard]] std::unique_ptr<Command> make_explain_command();
[[nodiscard]] std::unique_ptr<Command> make_move_command();
[[nodiscard]] std::unique_ptr<Command> make_remove_command();
[[nodiscard]] std::unique_ptr<Command> make_retime_command();
[[nodiscard]] std::unique_ptr<Command> make_postpone_command();
[[nodiscard]] std::unique_ptr<Command> make_rename_command();
[[nodiscard]] std::unique_ptr<Command> make_pin_command();
[[nodiscard]] std::unique_ptr<Command> make_unpin_command();
[[nodiscard]] std::unique_ptr<Command> make_lead_command();
[[nodiscard]] std::unique_ptr<Command> make_undo_command();
[[nodiscard]] std::unique_ptr<Command> make_runs_command();
[[nodiscard]] std::unique_ptr<Command> make_realize_command();
[[nodiscard]] std::unique_ptr<Command> make_archive_command();
[[nodiscard]] std::unique_ptr<Command> make_welcome_command();
[[nodiscard]] std::unique_ptr<Command> make_serve_command();
[[nodiscard]] std::unique_ptr<Command> make_bot_command();
[[nodiscard]] std::unique_ptr<Command> make_doctor_command();
[[nodiscard]] std::unique_ptr<Command> make_sandbox_command();

}  // namespace convene::cli
