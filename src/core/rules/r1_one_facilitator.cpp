// R1: every group has exactly one facilitator, if the cohort has any signed up;
// otherwise groups are self-led.
#include "core/rules/rules.h"

namespace convene::rules {
namespace {

std::string fault_of_leader(const JudgedPlan& plan, const JudgedGroup& group) {
    const std::string& id = group.planned->facilitator;
    if (!plan.problem().facilitated()) {
        return id.empty() ? "" : "has " + id + " as facilitator, but nobody in this cohort signed up as one";
    }
    if (id.empty()) return "has no facilitator";
    if (group.facilitator < 0) return "has " + id + " as facilitator, whom the cohort does not know";
    if (plan.person(group.facilitator).role != Role::facilitator)
        return "is led by " + plan.label(group.facilitator) + ", who signed up as a participant";
    return "";
}

}  // namespace

void check_r1_one_facilitator(const JudgedPlan& plan, Violations& found) {
    for (const JudgedGroup& group : plan.groups()) {
        const std::string& name = group.planned->name;
        if (!group.kept_facilitator()) {
            const std::string fault = fault_of_leader(plan, group);
            if (!fault.empty()) found.push_back({"R1", name, name + " " + fault});
        }
        for (const int person : group.participants) {
            if (plan.person(person).role != Role::facilitator || group.kept(person)) continue;
            found.push_back({"R1", name,
                             plan.label(person) + " signed up as a facilitator but sits in " + name +
                                 " as a participant"});
        }
    }
}

}  // namespace convene::rules
