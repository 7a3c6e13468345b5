// src/core/solve/rules/hard_rules.h: the list of all hard rules, as the solver obeys them.
#pragma once
#include <memory>

#include "core/solve/rules/hard_rule.h"

namespace convene {

using HardRulePtr = std::shared_ptr<HardRule>;

namespace hard_rules {

HardRulePtr r1_one_facilitator();
HardRulePtr r2_size();
HardRulePtr r3_attendance();
HardRulePtr r4_one_group_each();
HardRulePtr r5_facilitator_load();
HardRulePtr r6_facilitator_overlap();
HardRulePtr r7_together();
HardRulePtr r8_apart();
HardRulePtr r9_fixed_groups();
HardRulePtr r10_everyone();
/// Which zone may name a group's time: part of R3 in docs/model.md.
HardRulePtr anchor();

}  // namespace hard_rules

/// A fresh object of each. Their order decides in which order rows are written: of plans that are equally
/// good, another may be found after it changes.
[[nodiscard]] std::vector<HardRulePtr> all_hard_rules();

/// What all the rules of an instance say of a group.
[[nodiscard]] bool all_allow(const Instance& instance, const ProposedGroup& group);
[[nodiscard]] bool all_let_lead(const Instance& instance, int leader, std::span<const int> slots, int slot);
/// \param leader  index into the leaders, -1 in a self-led cohort
[[nodiscard]] bool all_may_lead(const Instance& instance, int leader, const Unit& unit);

}  // namespace convene
