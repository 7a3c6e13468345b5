// src/cli/report_failure.h: how errors read, and which exit code they have.
#pragma once
#include <exception>

#include "app/failure.h"
#include "cli/bad_input.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/terminal/terminal.h"

namespace convene::cli {

/// One line per fault, `file: path: value message`, then how many there are and what to do.
void report_faults(const BadInput& bad_input, Output& output, const Pen& pen);

/// Says on standard error what happened and what to do next; knows every exception that a command may throw.
[[nodiscard]] ExitCode report_failure(const std::exception& error, Output& output, const Pen& pen);

}  // namespace convene::cli
