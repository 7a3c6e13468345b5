#include "cli/solve_progress.h"

#include <fmt/format.h>

namespace convene::cli {

std::chrono::steady_clock::time_point deadline_after(double seconds) {
    using Clock = std::chrono::steady_clock;
    return Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

std::string progress_text(const SolveProgress& progress) {
    const Objective& best = progress.incumbent;
    const Objective& bound = progress.bound;
    if (best.placed < bound.placed)
        return fmt::format("{} placed, no plan places more than {}", best.placed, bound.placed);
    return fmt::format("{} placed, as many as any plan can; {} on if-needed time, no fewer than {}",
                       best.placed, best.if_needed, bound.if_needed);
}

}  // namespace convene::cli
