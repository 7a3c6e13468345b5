// R8: no two people of an apart set share a group.
#include <map>
#include <vector>

#include "core/rules/rules.h"

namespace convene::rules {
namespace {

/// Groups of this cohort in which the person takes part, leading included.
std::vector<const JudgedGroup*> groups_with(const JudgedPlan& plan, int person,
                                            const std::map<int, std::vector<const JudgedGroup*>>& led) {
    std::vector<const JudgedGroup*> groups;
    if (const auto found = led.find(person); found != led.end()) groups = found->second;
    if (plan.group_of(person) != nullptr) groups.push_back(plan.group_of(person));
    return groups;
}

bool kept_in(const JudgedGroup& group, int person) {
    return group.facilitator == person ? group.kept_facilitator() : group.kept(person);
}

}  // namespace

void check_r8_apart(const JudgedPlan& plan, Violations& found) {
    std::map<int, std::vector<const JudgedGroup*>> led;
    for (const JudgedGroup& group : plan.groups())
        if (group.facilitator >= 0) led[group.facilitator].push_back(&group);
    for (const auto& ids : plan.problem().apart()) {
        std::map<const JudgedGroup*, std::vector<int>> present;
        for (const std::string& id : ids) {
            const int person = plan.problem().index_of(id);
            for (const JudgedGroup* group : groups_with(plan, person, led)) {
                for (const int other : present[group]) {
                    if (other == person) continue;
                    if (kept_in(*group, person) && kept_in(*group, other)) continue;
                    found.push_back({"R8", group->planned->name,
                                     plan.label(other) + " and " + plan.label(person) + " share " +
                                         group->planned->name + ", but are to be kept apart"});
                }
                present[group].push_back(person);
            }
        }
    }
}

}  // namespace convene::rules
