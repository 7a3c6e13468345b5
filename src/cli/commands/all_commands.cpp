#include "cli/commands/all_commands.h"

namespace convene::cli {

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    for (const auto make :
         {make_demo_command,      make_solve_command,    make_check_command,   make_db_migrate_command,
          make_db_status_command, make_import_command,   make_cohorts_command, make_schedule_command,
          make_groups_command,    make_explain_command,  make_move_command,    make_remove_command,
          make_retime_command,    make_postpone_command, make_rename_command,  make_lead_command,
          make_pin_command,       make_unpin_command,    make_undo_command,    make_runs_command,
          make_welcome_command,   make_realize_command,  make_archive_command, make_serve_command,
          make_bot_command,       make_doctor_command,   make_sandbox_command}) {
        commands.push_back(make());
    }
    return commands;
}

}  // namespace convene::cli
