// R4: a participant is in at most one group of the cohort.
#include <algorithm>
#include <map>
#include <string>

#include "core/rules/rules.h"

namespace convene::rules {

void check_r4_one_group_each(const JudgedPlan& plan, Violations& found) {
    std::map<int, const JudgedGroup*> first_group;
    for (const JudgedGroup& group : plan.groups()) {
        const PlannedGroup& planned = *group.planned;
        for (const int person : group.participants) {
            const auto times =
                std::count(planned.participants.begin(), planned.participants.end(), plan.person(person).id);
            if (times > 1) {
                found.push_back({"R4", planned.name,
                                 plan.label(person) + " is listed " + std::to_string(times) + " times in " +
                                     planned.name});
            }
            const auto [other, added] = first_group.try_emplace(person, &group);
            if (added) continue;
            found.push_back(
                {"R4", planned.name,
                 plan.label(person) + " is in " + other->second->planned->name + " and in " + planned.name});
        }
    }
}

}  // namespace convene::rules
