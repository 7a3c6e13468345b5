// src/cli/print_json.h: `--json`.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "cli/output.h"

namespace convene::cli {

/// Indented by two, keys in the order they were given, text that is no UTF-8 mended, a line break at the end.
void print_json(Output& output, const nlohmann::ordered_json& document);

}  // namespace convene::cli
