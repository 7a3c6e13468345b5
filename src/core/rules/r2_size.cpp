// R2: a group's size lies in min_size…max_size. Participants are counted;
// with count_facilitator the facilitator too.
#include <set>

#include "core/rules/rules.h"

namespace convene::rules {
namespace {

int size_of(const JudgedPlan& plan, const PlannedGroup& group) {
    const std::set<std::string> distinct(group.participants.begin(), group.participants.end());
    const bool counted = plan.problem().rules().count_facilitator && !group.facilitator.empty();
    return static_cast<int>(distinct.size()) + (counted ? 1 : 0);
}

}  // namespace

void check_r2_size(const JudgedPlan& plan, Violations& found) {
    const Rules& rules = plan.problem().rules();
    const std::string counted = rules.count_facilitator ? " (the facilitator counted)" : "";
    for (const JudgedGroup& group : plan.groups()) {
        const std::string& name = group.planned->name;
        const int size = size_of(plan, *group.planned);
        const std::string has = name + " has " + std::to_string(size) + " members" + counted;
        if (size < rules.min_size && group.fixed == nullptr)
            found.push_back({"R2", name, has + "; the least is " + std::to_string(rules.min_size)});
        if (size > rules.max_size && (group.fixed == nullptr || !group.additions.empty()))
            found.push_back({"R2", name, has + "; the most is " + std::to_string(rules.max_size)});
    }
}

}  // namespace convene::rules
