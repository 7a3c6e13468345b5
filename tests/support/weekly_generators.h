// tests/support/weekly_generators.h: random weekly hours for property tests.
//
// Edges are over-represented: windows at midnights and at the end of the week, of a
// minute, of whole days and of the whole week.
#pragma once
#include <rapidcheck.h>

#include <vector>

#include "core/time/weekly_set.h"

namespace convene::test {

inline rc::Gen<WeeklyWindow> any_weekly_window() {
    const auto start = rc::gen::weightedOneOf<int>(
        {{3, rc::gen::inRange(0, kMinutesPerWeek)},
         {2, rc::gen::map(rc::gen::inRange(0, 7), [](int day) { return day * kMinutesPerDay; })},
         {1, rc::gen::inRange(kMinutesPerWeek - 30, kMinutesPerWeek)}});
    const auto length = rc::gen::weightedOneOf<int>(
        {{4, rc::gen::inRange(1, 300)},
         {1, rc::gen::inRange(1, kMinutesPerWeek + 1)},
         {1, rc::gen::element(1, kMinutesPerDay, kMinutesPerWeek - 1, kMinutesPerWeek)}});
    return rc::gen::map(rc::gen::pair(start, length),
                        [](const std::pair<int, int>& w) { return WeeklyWindow(w.first, w.second); });
}

inline rc::Gen<std::vector<WeeklyWindow>> any_weekly_windows() {
    return rc::gen::container<std::vector<WeeklyWindow>>(any_weekly_window());
}

inline rc::Gen<WeeklySet> any_weekly_set() {
    return rc::gen::map(any_weekly_windows(),
                        [](const std::vector<WeeklyWindow>& windows) { return WeeklySet(windows); });
}

}  // namespace convene::test
