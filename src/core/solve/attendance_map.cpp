#include "core/solve/attendance_map.h"

#include <algorithm>
#include <span>

#include "core/time/attendance.h"

namespace convene {

int AttendanceMap::add(std::vector<Instant> meetings) {
    if (problem_.rules().fit == Fit::first_meeting && meetings.size() > 1) meetings.resize(1);
    series_.push_back(std::move(meetings));
    return static_cast<int>(series_.size()) - 1;
}

const AttendanceMap::Clock& AttendanceMap::clock(const Zone& zone) const {
    auto found = clocks_.find(zone.name());
    if (found == clocks_.end()) found = clocks_.emplace(zone.name(), Clock{{}, {0}}).first;
    Clock& clock = found->second;
    std::vector<WeeklyWindow> distinct;
    for (std::size_t i = clock.first.size() - 1; i < series_.size(); ++i) {
        distinct.clear();
        for (const Instant meeting : series_[i])
            add_local_windows(distinct, zone, meeting, problem_.schedule().meeting_minutes);
        clock.windows.insert(clock.windows.end(), distinct.begin(), distinct.end());
        clock.first.push_back(clock.windows.size());
    }
    return clock;
}

namespace {

bool all_in(const WeeklySet& hours, std::span<const WeeklyWindow> windows) {
    return std::all_of(windows.begin(), windows.end(), [&](WeeklyWindow w) { return hours.contains(w); });
}

}  // namespace

Presence AttendanceMap::presence(const Person& person, int series) const {
    const Clock& asked = clock(person.clock());
    const auto i = static_cast<std::size_t>(series);
    const auto windows =
        std::span(asked.windows).subspan(asked.first[i], asked.first[i + 1] - asked.first[i]);
    if (all_in(person.available, windows)) return Presence::free;
    if (!problem_.rules().use_if_needed || person.if_needed.empty()) return Presence::absent;
    const WeeklySet all = person.available.united_with(person.if_needed);
    return all_in(all, windows) ? Presence::if_needed : Presence::absent;
}

std::vector<Presence> AttendanceMap::presences(const Person& person) const {
    const Clock& asked = clock(person.clock());
    const bool second = problem_.rules().use_if_needed && !person.if_needed.empty();
    const WeeklySet all = second ? person.available.united_with(person.if_needed) : person.available;
    std::vector<Presence> list(series_.size(), Presence::absent);
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const auto windows =
            std::span(asked.windows).subspan(asked.first[i], asked.first[i + 1] - asked.first[i]);
        if (!all_in(all, windows)) continue;
        list[i] = !second || all_in(person.available, windows) ? Presence::free : Presence::if_needed;
    }
    return list;
}

}  // namespace convene
