#include "core/model/members_outside.h"

#include <algorithm>

#include "core/time/attendance.h"

namespace convene {

std::vector<std::vector<std::string>> members_outside(const Problem& problem, const PlannedGroup& group) {
    std::vector<std::vector<std::string>> outside(group.meetings.size());
    const auto add = [&](const std::string& id) {
        const int index = problem.index_of(id);
        if (index < 0) return;
        const Person& person = problem.people()[static_cast<std::size_t>(index)];
        const WeeklySet hours =
            problem.rules().use_if_needed ? person.available.united_with(person.if_needed) : person.available;
        for (std::size_t k = 0; k < outside.size(); ++k) {
            const bool free =
                is_free(person.clock(), hours, group.meetings[k], problem.schedule().meeting_minutes);
            if (!free) outside[k].push_back(id);
        }
    };
    if (!group.facilitator.empty()) add(group.facilitator);
    for (const std::string& id : group.participants) add(id);
    for (auto& ids : outside) std::sort(ids.begin(), ids.end());
    return outside;
}

}  // namespace convene
