// src/core/model/problem_faults.h: what would keep an input from being a Problem.
#pragma once
#include "core/model/problem.h"

namespace convene {

/// Group times are computed from zone data that ends here (docs/time.md).
inline constexpr int kFirstYear = 2000;
inline constexpr int kLastYear = 2037;
inline constexpr int kMostMeetings = 520;
inline constexpr int kLargestGroup = 10'000;
inline constexpr int kMostGroupsLed = 10'000;

/// All of them, in the order of the input: ranges, unknown and repeated ids,
/// missing zones. Problem::build refuses exactly these; readers of files ask
/// too, so that one run names the faults of form and of meaning together.
[[nodiscard]] InputFaults find_faults(const ProblemInput& input);

}  // namespace convene
