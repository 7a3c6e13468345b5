// bench/compare/child_process.h: one run of one method in a process of its own.
#pragma once
#include <functional>

#include "bench/compare/method.h"

namespace convene::bench {

struct Measured {
    Answer answer;
    double wall_s = 0;
    double cpu_s = 0;
    long peak_kb = 0;  ///< of the whole process, the cohort included
    bool died = false;
};

/// A child of this process, so that no run meets the memory or the caches of another.
/// \param give_up_s  processor seconds after which the child is killed: a method may overrun its limit
[[nodiscard]] Measured run_in_child(const std::function<Answer()>& run, double give_up_s);

}  // namespace convene::bench
