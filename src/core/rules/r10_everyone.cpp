// R10: every participant is either in a group or in the list of unplaced.
#include <map>

#include "core/rules/rules.h"

namespace convene::rules {

void check_r10_everyone(const JudgedPlan& plan, Violations& found) {
    std::map<int, int> listed;
    for (const UnplacedPerson& unplaced : plan.plan().unplaced) {
        const int person = plan.problem().index_of(unplaced.person);
        if (person >= 0) ++listed[person];
    }
    for (const int person : plan.problem().participants()) {
        const JudgedGroup* group = plan.group_of(person);
        const auto found_times = listed.find(person);
        const int times = found_times == listed.end() ? 0 : found_times->second;
        if (times == 0 && group == nullptr)
            found.push_back({"R10", "", plan.label(person) + " is in no group and not among the unplaced"});
        if (times > 0 && group != nullptr)
            found.push_back(
                {"R10", group->planned->name,
                 plan.label(person) + " is in " + group->planned->name + " and among the unplaced"});
        if (times > 1)
            found.push_back(
                {"R10", "",
                 plan.label(person) + " is listed " + std::to_string(times) + " times as unplaced"});
    }
}

}  // namespace convene::rules
