// R9: a group that exists keeps its time, facilitator and members; a plan may
// only add to it.
#include <map>

#include "core/rules/rules.h"

namespace convene::rules {
namespace {

std::string leader(const std::string& id) {
    return id.empty() ? "nobody" : id;
}

void check_kept(const JudgedPlan& plan, const FixedGroup& fixed, const JudgedGroup& group,
                Violations& found) {
    const PlannedGroup& planned = *group.planned;
    const auto report = [&](const std::string& message) { found.push_back({"R9", fixed.name, message}); };
    if (!group.in_place) {
        report(fixed.name + " meets on " + to_string(fixed.start) + " " + fixed.anchor->name() +
               ", and the plan moves it to " + to_string(planned.start) + " " + planned.anchor);
    }
    if (planned.facilitator != fixed.facilitator) {
        report(fixed.name + " is led by " + leader(fixed.facilitator) + ", and the plan gives it to " +
               leader(planned.facilitator));
    }
    for (const std::string& id : fixed.participants) {
        const int person = plan.problem().index_of(id);
        if (!group.has(person))
            report(plan.label(person) + " is in " + fixed.name + ", and the plan takes them out");
    }
}

}  // namespace

void check_r9_fixed_groups(const JudgedPlan& plan, Violations& found) {
    std::map<const FixedGroup*, const JudgedGroup*> planned;
    for (const JudgedGroup& group : plan.groups())
        if (group.fixed != nullptr) planned.emplace(group.fixed, &group);
    for (const FixedGroup& fixed : plan.problem().fixed_groups()) {
        const auto group = planned.find(&fixed);
        if (group == planned.end()) {
            found.push_back({"R9", fixed.name, fixed.name + " exists, and the plan leaves it out"});
        } else {
            check_kept(plan, fixed, *group->second, found);
        }
    }
}

}  // namespace convene::rules
