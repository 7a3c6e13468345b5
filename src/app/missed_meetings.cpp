#include "app/missed_meetings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "app/apply_changes.h"
#include "app/current_plan.h"
#include "app/queries/people.h"
#include "core/model/members_outside.h"

namespace convene {

std::string missed_meetings(const CohortSnapshot& cohort, const CohortChanges& changes, GroupId group,
                            UserId user, const ZoneTable& zones, Instant now) {
    if (cohort.cohort.settings.rules.fit == Fit::every_meeting) return "";
    CohortSnapshot after = cohort;
    apply_changes(changes, after);
    const auto problem = build_problem(after, zones, {}, KeepGroups::none);
    if (!problem) return "";
    const auto row = problem->groups.find(group);
    const auto id = problem->id_of.find(user);
    if (row == problem->groups.end() || id == problem->id_of.end()) return "";
    const Plan plan = current_plan(*problem);
    const auto planned = std::find_if(plan.groups.begin(), plan.groups.end(), [&](const PlannedGroup& other) {
        return other.name == row->second.name;
    });
    const auto outside = members_outside(problem->problem, *planned);
    std::vector<std::string> missed;
    for (std::size_t k = 0; k < outside.size(); ++k) {
        if (planned->meetings[k] > now &&
            std::binary_search(outside[k].begin(), outside[k].end(), id->second))
            missed.push_back(fmt::format("{} on {}", k + 1, to_iso8601(planned->meetings[k])));
    }
    if (missed.empty()) return "";
    return fmt::format("{} cannot attend meeting{} {}", name_of(cohort, user), missed.size() == 1 ? "" : "s",
                       fmt::join(missed, ", "));
}

}  // namespace convene
