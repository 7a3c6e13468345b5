// src/cli/warnings.h: what a reader should know although all went well.
#pragma once
#include <string>
#include <vector>

#include "cli/command.h"
#include "core/model/input_fault.h"

namespace convene::cli {

/// `warning: file: path: value message`, one line each, on standard error. An empty source is left out.
void report_warnings(const std::string& source, const InputFaults& warnings, Context& context);
void report_warnings(const std::vector<std::string>& warnings, Context& context);

}  // namespace convene::cli
