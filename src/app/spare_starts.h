// src/app/spare_starts.h: when else a group could meet.
#pragma once
#include <vector>

#include "app/board_state.h"

namespace convene {

struct SpareStart {
    WeeklyStart start;      ///< in the group's anchor zone
    Instant first_meeting;  ///< by the weekly rule, from the cohort's start date on
    int if_needed = 0;      ///< members who would rely on if-needed hours
};

/// Starts on the cohort's grid that all members can attend and that break no rule, without the present one;
/// fewest if-needed first, then through the week. Empty when the group's time or zone cannot be read.
[[nodiscard]] std::vector<SpareStart> spare_starts(const BoardState& state, GroupId group,
                                                   const ZoneTable& zones);

}  // namespace convene
