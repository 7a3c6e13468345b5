#include "core/time/attendance.h"

#include <algorithm>

namespace convene {
namespace {

/// Calls `visit(window)` for each stretch of constant offset until it returns false.
template <typename Visit>
bool visit_local_windows(const Zone& zone, Instant start, int minutes, Visit visit) {
    const Instant end = start + Minutes(minutes);
    Instant from = start;
    const auto visit_until = [&](Instant to) {
        const auto length = static_cast<int>((to - from).count());
        return visit(WeeklyWindow(minute_of_week(zone.to_local(from)), length));
    };
    for (const Zone::Change& change : zone.changes_between(start, end)) {
        if (!visit_until(change.at)) return false;
        from = change.at;
    }
    return visit_until(end);
}

}  // namespace

bool is_free(const Zone& zone, const WeeklySet& hours, Instant start, int minutes) {
    return visit_local_windows(zone, start, minutes,
                               [&hours](WeeklyWindow window) { return hours.contains(window); });
}

std::vector<WeeklyWindow> local_windows(const Zone& zone, Instant start, int minutes) {
    std::vector<WeeklyWindow> windows;
    visit_local_windows(zone, start, minutes, [&windows](WeeklyWindow window) {
        windows.push_back(window);
        return true;
    });
    return windows;
}

void add_local_windows(std::vector<WeeklyWindow>& windows, const Zone& zone, Instant start, int minutes) {
    visit_local_windows(zone, start, minutes, [&windows](WeeklyWindow window) {
        if (std::find(windows.begin(), windows.end(), window) == windows.end()) windows.push_back(window);
        return true;
    });
}

}  // namespace convene
