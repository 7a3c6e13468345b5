// R8: no two people of an apart set share a group.
#include <map>
#include <vector>

#include "core/rules/rules.h"

namespace convene::rules {
namespace {

bool kept_in(const JudgedGroup& group, int person) {
    return group.facilitator == person ? group.kept_facilitator() : group.kept(person);
}

}  // namespace

void check_r8_apart(const JudgedPlan& plan, Violations& found) {
    // Leading included; several when R4 is broken, too.
    std::map<int, std::vector<const JudgedGroup*>> groups_with;
    for (const JudgedGroup& group : plan.groups()) {
        for (const int person : group.participants) groups_with[person].push_back(&group);
        if (group.facilitator >= 0 && !group.has(group.facilitator))
            groups_with[group.facilitator].push_back(&group);
    }
    for (const auto& ids : plan.problem().apart()) {
        std::map<const JudgedGroup*, std::vector<int>> present;
        for (const std::string& id : ids) {
            const int person = plan.problem().index_of(id);
            for (const JudgedGroup* group : groups_with[person]) {
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
