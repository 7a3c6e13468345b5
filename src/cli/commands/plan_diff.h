// src/cli/commands/plan_diff.h: steps as a diff, group by group.
#pragma once
#include <string>
#include <vector>

#include "app/ports/realizer.h"
#include "cli/terminal/terminal.h"

namespace convene::cli {

/// `+` is made or given, `-` taken away, `~` changed (old → new below it), `=` found again. Groups come in
/// the order of their first step, what belongs to none of them first.
[[nodiscard]] std::string plan_diff(const std::vector<RealizationStep>& steps, const Pen& pen);

/// `3 to create, 1 to change, 2 to withdraw`.
[[nodiscard]] std::string plan_totals(const std::vector<RealizationStep>& steps);

}  // namespace convene::cli
