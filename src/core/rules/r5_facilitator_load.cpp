// R5: a facilitator leads at most max_groups groups, those of other running
// cohorts counted.
#include <algorithm>
#include <map>

#include "core/rules/rules.h"

namespace convene::rules {

void check_r5_facilitator_load(const JudgedPlan& plan, Violations& found) {
    std::map<int, std::vector<const JudgedGroup*>> led;
    for (const JudgedGroup& group : plan.groups())
        if (group.facilitator >= 0 && plan.person(group.facilitator).role == Role::facilitator)
            led[group.facilitator].push_back(&group);
    for (const auto& [person, groups] : led) {
        const int capacity = plan.problem().capacity(person);
        const bool any_new = std::any_of(groups.begin(), groups.end(),
                                         [](const JudgedGroup* g) { return !g->kept_facilitator(); });
        if (static_cast<int>(groups.size()) <= capacity || !any_new) continue;
        std::string names;
        for (const JudgedGroup* group : groups) names += (names.empty() ? "" : ", ") + group->planned->name;
        const int most = plan.person(person).max_groups;
        std::string message = plan.label(person) + " leads " + std::to_string(groups.size()) + " groups (" +
                              names + "), but may lead " + std::to_string(capacity);
        if (capacity < most)
            message += ": " + std::to_string(most) + " in all, with " + std::to_string(most - capacity) +
                       " taken by other cohorts";
        found.push_back({"R5", groups.back()->planned->name, std::move(message)});
    }
}

}  // namespace convene::rules
