#include "app/current_plan.h"

#include <algorithm>
#include <set>

#include "core/time/meeting_series.h"

namespace convene {

Plan current_plan(const CohortProblem& problem) {
    Plan plan;
    std::set<std::string> placed;
    const Schedule& schedule = problem.problem.schedule();
    for (const auto& [id, group] : problem.groups) {
        PlannedGroup planned;
        planned.name = group.name;
        planned.anchor = group.anchor->name();
        planned.start = group.start;
        planned.meetings = !group.meetings.empty()
                               ? group.meetings
                               : meeting_instants(*group.anchor, group.start, schedule.start_date,
                                                  schedule.number_of_group_meetings);
        planned.facilitator = group.facilitator;
        planned.participants = group.participants;
        std::sort(planned.participants.begin(), planned.participants.end());
        placed.insert(planned.participants.begin(), planned.participants.end());
        plan.groups.push_back(std::move(planned));
    }
    for (const int index : problem.problem.participants()) {
        const Person& person = problem.problem.people()[static_cast<std::size_t>(index)];
        if (!placed.contains(person.id)) plan.unplaced.push_back({person.id, {}, "", std::nullopt});
    }
    return plan;
}

}  // namespace convene
