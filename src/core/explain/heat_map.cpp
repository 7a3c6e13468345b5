#include "core/explain/heat_map.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "core/time/attendance.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

bool contains_all(const WeeklySet& hours, const std::vector<WeeklyWindow>& windows) {
    return std::all_of(windows.begin(), windows.end(), [&](WeeklyWindow w) { return hours.contains(w); });
}

}  // namespace

HeatMap heat_map(const Problem& problem, ZonePtr zone, int cell_minutes) {
    HeatMap map{std::move(zone), cell_minutes, {}};
    const int cells = kMinutesPerWeek / cell_minutes;
    map.cells.resize(static_cast<std::size_t>(cells));

    std::map<std::string_view, std::vector<const Person*>> by_clock;
    for (const Person& person : problem.people()) by_clock[person.clock().name()].push_back(&person);
    for (const auto& [name, people] : by_clock) {
        std::vector<WeeklySet> with_if_needed;
        for (const Person* person : people)
            with_if_needed.push_back(person->available.united_with(person->if_needed));
        for (int cell = 0; cell < cells; ++cell) {
            const Instant start = meeting_instants(*map.zone, WeeklyStart{cell * cell_minutes},
                                                   problem.schedule().start_date, 1)
                                      .front();
            const auto windows = local_windows(people.front()->clock(), start, cell_minutes);
            HeatCell& counts = map.cells[static_cast<std::size_t>(cell)];
            for (std::size_t i = 0; i < people.size(); ++i) {
                const bool leads = people[i]->role == Role::facilitator;
                if (contains_all(people[i]->available, windows)) {
                    ++(leads ? counts.facilitators : counts.participants);
                } else if (contains_all(with_if_needed[i], windows)) {
                    ++(leads ? counts.facilitators_if_needed : counts.participants_if_needed);
                }
            }
        }
    }
    return map;
}

}  // namespace convene
