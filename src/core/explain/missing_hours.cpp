#include "core/explain/missing_hours.h"

#include <algorithm>

#include "core/time/attendance.h"

namespace convene {
namespace {

constexpr int kMorning = 7 * 60;
constexpr int kNight = 23 * 60;

bool touches(WeeklyWindow window, const WeeklySet& hours) {
    const int before = (window.start() + kMinutesPerWeek - 1) % kMinutesPerWeek;
    const int after = (window.start() + window.length()) % kMinutesPerWeek;
    return hours.contains(WeeklyWindow(before, 1)) || hours.contains(WeeklyWindow(after, 1));
}

bool by_day(WeeklyWindow window) {
    const int start = window.start() % kMinutesPerDay;
    return start >= kMorning && start + window.length() <= kNight;
}

/// In pieces of a day at most: more cannot be said as "Monday 19:30-14:00".
std::vector<WeeklyWindow> in_days(const std::vector<WeeklyWindow>& windows) {
    std::vector<WeeklyWindow> pieces;
    for (const WeeklyWindow window : windows)
        for (int done = 0; done < window.length(); done += kMinutesPerDay)
            pieces.emplace_back((window.start() + done) % kMinutesPerWeek,
                                std::min(kMinutesPerDay, window.length() - done));
    std::sort(pieces.begin(), pieces.end());
    return pieces;
}

}  // namespace

const WeeklySet& MissingHours::asked(const Zone& clock, int option) {
    const auto [entry, added] = asked_.try_emplace({option, clock.name()});
    if (added) {
        const auto& meetings = starts_[option].meetings;
        const std::size_t judged = problem_.rules().fit == Fit::first_meeting ? 1 : meetings.size();
        std::vector<WeeklyWindow> windows;
        for (std::size_t k = 0; k < std::min(judged, meetings.size()); ++k)
            add_local_windows(windows, clock, meetings[k], problem_.schedule().meeting_minutes);
        entry->second = WeeklySet(windows);
    }
    return entry->second;
}

HoursAsked MissingHours::of(const Person& person, int option) {
    const WeeklySet usable =
        problem_.rules().use_if_needed ? person.available.united_with(person.if_needed) : person.available;
    HoursAsked missing;
    missing.hours = asked(person.clock(), option).without(usable).windows();
    for (const WeeklyWindow window : missing.hours) {
        const int weight = touches(window, usable) ? 1 : by_day(window) ? 2 : 4;
        missing.cost += weight * window.length();
    }
    missing.hours = in_days(missing.hours);
    return missing;
}

}  // namespace convene
