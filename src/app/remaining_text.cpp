#include "app/remaining_text.h"

#include <fmt/format.h>

namespace convene {
namespace {

constexpr long long kLongestInSeconds = 90;

}  // namespace

std::string remaining_text(const RealizationProgress& progress) {
    if (!progress.remaining || progress.done >= progress.total) return {};
    const long long seconds = progress.remaining->count();
    if (seconds <= kLongestInSeconds) return fmt::format(", about {} s left", seconds);
    return fmt::format(", about {} min left", (seconds + 59) / 60);
}

}  // namespace convene
