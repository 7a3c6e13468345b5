#include "core/solve/rules/hard_rules.h"

#include <algorithm>

namespace convene {

std::vector<HardRulePtr> all_hard_rules() {
    using namespace hard_rules;
    return {
        r9_fixed_groups(),
        r3_attendance(),
        r1_one_facilitator(),
        anchor(),
        r2_size(),
        r7_together(),
        r8_apart(),
        r4_one_group_each(),
        r6_facilitator_overlap(),
        r5_facilitator_load(),
        r10_everyone(),
    };
}

bool all_allow(const Instance& instance, const ProposedGroup& group) {
    for (const HardRulePtr& rule : instance.rules)
        if (!rule->allows(instance, group)) return false;
    if (instance.slots[static_cast<std::size_t>(group.slot)].fixed >= 0) return true;
    return std::all_of(group.units.begin(), group.units.end(), [&](int u) {
        const Unit& unit = instance.units[static_cast<std::size_t>(u)];
        return !unit.special || all_may_lead(instance, group.leader, unit);
    });
}

bool all_let_lead(const Instance& instance, int leader, std::span<const int> slots, int slot) {
    return std::all_of(instance.rules.begin(), instance.rules.end(), [&](const HardRulePtr& rule) {
        return rule->lets_lead(instance, leader, slots, slot);
    });
}

bool all_may_lead(const Instance& instance, int leader, const Unit& unit) {
    return std::all_of(instance.rules.begin(), instance.rules.end(),
                       [&](const HardRulePtr& rule) { return rule->may_lead(instance, leader, unit); });
}

}  // namespace convene
