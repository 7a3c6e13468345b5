// src/core/explain/missing_hours.h: what somebody would have to add to their week to attend.
#pragma once
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "core/explain/start_table.h"

namespace convene {

struct HoursAsked {
    std::vector<WeeklyWindow> hours;  ///< on the person's own clock, sorted, none longer than a day; empty:
                                      ///< they can attend as it is
    int cost = 0;                     ///< what it asks of them, in minutes weighed by how unwelcome they are
};

class MissingHours {
public:
    MissingHours(const Problem& problem, const StartTable& starts) : problem_(problem), starts_(starts) {}

    /// A minute beside hours that the person gave costs 1, elsewhere in the day (07:00 to 23:00) 2,
    /// at night 4 (decision 032).
    [[nodiscard]] HoursAsked of(const Person& person, int option);

private:
    const WeeklySet& asked(const Zone& clock, int option);

    const Problem& problem_;
    const StartTable& starts_;
    std::map<std::pair<int, std::string_view>, WeeklySet> asked_;  ///< by option and clock
};

}  // namespace convene
