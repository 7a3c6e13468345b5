// src/core/explain/heat_map.h: how many people are free at each hour of the week.
#pragma once
#include <vector>

#include "core/model/problem.h"

namespace convene {

/// Counts for one stretch of the week, such as Tuesday 18:00-19:00.
struct HeatCell {
    int participants = 0;            ///< free throughout, in available hours alone
    int participants_if_needed = 0;  ///< free throughout, with if-needed hours
    int facilitators = 0;
    int facilitators_if_needed = 0;

    friend bool operator==(const HeatCell&, const HeatCell&) = default;
};

/// The week in which the cohort starts, cut into equal stretches of `zone`'s local time.
struct HeatMap {
    ZonePtr zone;
    int cell_minutes = 60;
    std::vector<HeatCell> cells;  ///< from Monday 00:00 on; kMinutesPerWeek / cell_minutes entries

    /// \param weekday  0 is Monday
    [[nodiscard]] const HeatCell& at(int weekday, int minute_of_day) const {
        return cells[static_cast<std::size_t>((weekday * kMinutesPerDay + minute_of_day) / cell_minutes)];
    }
};

/// Clocks are taken as they are on the seven days from the cohort's start date on (a Tuesday cell is the
/// first Tuesday then); later clock changes are not shown, since a map has one week. if_needed is counted
/// whatever use_if_needed says: the map shows what people gave. People on leave count. \param zone whose
/// Monday to Sunday the map shows \param cell_minutes  divides kMinutesPerDay
[[nodiscard]] HeatMap heat_map(const Problem& problem, ZonePtr zone, int cell_minutes = 60);

}  // namespace convene
