// src/cli/command.h: one subcommand of the program.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "cli/adapters.h"
#include "cli/arguments.h"
#include "cli/configuration.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/terminal/terminal.h"

namespace convene::cli {

/// What a running command may use.
struct Context {
    const Adapters& adapters;
    const Configuration& configuration;
    Terminal terminal;
    Output& output;

    [[nodiscard]] Pen pen() const { return Pen(terminal.colour_out); }
    [[nodiscard]] Pen error_pen() const { return Pen(terminal.colour_err); }
    /// Columns to fit tables into: 0, no limit, when the output goes to a file or a pipe.
    [[nodiscard]] int table_width() const { return terminal.out_is_terminal ? terminal.width : 0; }
};

class Command {
public:
    virtual ~Command() = default;

    /// One word, or two for a command of a family: `db migrate`.
    [[nodiscard]] virtual std::string name() const = 0;
    /// One line for the list of commands, without a full stop.
    [[nodiscard]] virtual std::string summary() const = 0;
    /// Shown below the options: what it does in a few lines, and an example.
    [[nodiscard]] virtual std::string details() const = 0;
    /// Commands that work on a database take --db.
    [[nodiscard]] virtual bool uses_database() const { return true; }

    virtual void declare(Arguments& arguments) = 0;

    /// \throws BadInput, WrongUsage, Failure, OutputFailure: run.h turns them into messages and exit codes
    [[nodiscard]] virtual ExitCode run(Context& context) = 0;
};

}  // namespace convene::cli
