#include "core/time/free_runs.h"

namespace convene {

void FreeRuns::assign(const WeeklySet& hours) {
    runs_.assign(kMinutesPerWeek, 0);
    for (const WeeklyWindow window : hours.windows()) {
        const bool whole_week = window.length() == kMinutesPerWeek;
        for (int i = 0; i < window.length(); ++i) {
            const int left = whole_week ? kMinutesPerWeek : window.length() - i;
            runs_[static_cast<std::size_t>((window.start() + i) % kMinutesPerWeek)] =
                static_cast<std::uint16_t>(left);
        }
    }
}

}  // namespace convene
