// src/core/solve/polish/polish.h: O3 and O4, without giving up anything of O1 and O2.
#pragma once
#include <functional>

#include "core/solve/program.h"

namespace convene {

/// Improves the answer until no single move of a unit, swap of two, merge of two groups or change
/// of a leader improves sizes (O3), then the leaders' load, then the spare starts that members share (O4).
/// Nobody is placed or left out by it. Ends early when asked to stop, and
/// with many thousand people after a fixed amount of work.
[[nodiscard]] Solution polish(const Instance& instance, Solution solution,
                              const std::function<bool()>& should_stop);

}  // namespace convene
