// src/cli/run.h: from the words of a command line to an exit code.
#pragma once
#include <string>
#include <vector>

#include "cli/adapters.h"
#include "cli/configuration.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/terminal/terminal.h"

namespace convene::cli {

/// Where run() gets what it does not do itself.
struct Surroundings {
    const Adapters& adapters;
    /// Called once, and only by commands that need settings.
    std::function<ConfigurationRead()> configuration;
    Terminal terminal;
    Output& output;
};

/// The one place that turns failures into exit codes. Never throws.
/// \param words  the command line without the program's name
[[nodiscard]] ExitCode run(const std::vector<std::string>& words, const Surroundings& surroundings);

}  // namespace convene::cli
