// src/cli/terminal/week_grid.h: one number per hour of the week, as a picture.
#pragma once
#include <array>
#include <string>

#include "cli/terminal/terminal.h"

namespace convene::cli {

/// Rows from Monday, columns from 00 to 23.
using WeekGrid = std::array<std::array<int, 24>, 7>;

/// Numbers with a dot for none; where colour is wanted, on a ground that grows warmer towards the highest.
/// 77 columns wide.
[[nodiscard]] std::string week_grid_text(const WeekGrid& grid, const Pen& pen);

}  // namespace convene::cli
