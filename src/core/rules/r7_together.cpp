// R7: people in a together set are in one group, or none of them is placed.
#include <algorithm>

#include "core/rules/rules.h"

namespace convene::rules {
namespace {

std::string where(const JudgedGroup* group) {
    return group == nullptr ? "not placed" : "in " + group->planned->name;
}

void check_set(const JudgedPlan& plan, const std::vector<std::string>& ids, Violations& found) {
    std::vector<int> participants;
    std::vector<int> facilitators;
    int added = -1;    // one whom this plan placed
    int settled = -1;  // one who had a seat before
    for (const std::string& id : ids) {
        const int person = plan.problem().index_of(id);
        if (plan.person(person).role == Role::facilitator) {
            facilitators.push_back(person);
            continue;
        }
        participants.push_back(person);
        const JudgedGroup* group = plan.group_of(person);
        if (group == nullptr) continue;
        int& first = group->kept(person) ? settled : added;
        if (first < 0) first = person;
    }
    if (added < 0) return;  // nobody of the set was placed by this plan

    const int anchor = settled >= 0 ? settled : added;
    const JudgedGroup* home = plan.group_of(anchor);
    const std::string belongs =
        plan.label(anchor) + ", in " + home->planned->name + ", belongs together with ";
    for (const int person : participants) {
        const JudgedGroup* group = plan.group_of(person);
        if (group == home) continue;
        found.push_back(
            {"R7", home->planned->name, belongs + plan.label(person) + ", who is " + where(group)});
    }
    // A second seat (R4) is one without the others, unless all have it.
    for (const JudgedGroup& group : plan.groups()) {
        if (&group == home) continue;
        const auto sits = [&](int person) { return group.has(person) && plan.group_of(person) != &group; };
        const auto second = std::find_if(participants.begin(), participants.end(), sits);
        if (second == participants.end() || group.kept(*second)) continue;
        for (const int person : participants)
            if (!group.has(person))
                found.push_back({"R7", group.planned->name,
                                 plan.label(*second) + ", in " + group.planned->name +
                                     " as well, belongs together with " + plan.label(person) +
                                     ", who is not"});
    }
    for (const int person : facilitators) {
        if (home->facilitator == person) continue;
        found.push_back({"R7", home->planned->name, belongs + plan.label(person) + ", who does not lead it"});
    }
}

}  // namespace

void check_r7_together(const JudgedPlan& plan, Violations& found) {
    for (const auto& ids : plan.problem().together()) check_set(plan, ids, found);
}

}  // namespace convene::rules
