// src/cli/solve_progress.h: what `solve` and `schedule` show while they search, and when they stop.
#pragma once
#include <chrono>
#include <string>

#include "core/solve/solve.h"

namespace convene::cli {

/// How long a search goes on unless told otherwise.
inline constexpr double kDefaultTimeLimitS = 60;
/// How many plans an organiser may ask to choose from.
inline constexpr int kMostPlans = 20;

[[nodiscard]] std::chrono::steady_clock::time_point deadline_after(double seconds);

/// `53 placed, no plan places more than 55`.
[[nodiscard]] std::string progress_text(const SolveProgress& progress);

}  // namespace convene::cli
