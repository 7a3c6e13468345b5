// src/core/solve/polish/polish.h: O3 and O4, without giving up anything of O1 and O2.
#pragma once
#include <functional>

#include "core/solve/program.h"

namespace convene {

/// Improves the answer until no single step of polish/moves.h improves O2 or a preference (preferences/)
/// without harm to those before it. Nobody more or fewer is placed after it. Ends early when asked to stop,
/// and with many thousand people after a fixed amount of work.
[[nodiscard]] Solution polish(const Instance& instance, Solution solution,
                              const std::function<bool()>& should_stop);

}  // namespace convene
