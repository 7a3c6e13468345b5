// src/core/solve/rules/hard_rule.h: what the solver asks of a hard rule.
//
// Each rule of docs/model.md is one file here, which answers the questions that concern it, and one line in
// hard_rules.cpp. The judge of plans (core/rules/) shares nothing with these files, so that a mistake in
// one is caught by the other.
#pragma once
#include <span>
#include <vector>

#include "core/model/plan.h"
#include "core/solve/instance.h"

namespace convene {

class ProgramWriter;
class Ties;
struct SlotColumns;

/// By slot: how many of those concerned rely on if-needed time there, or kForbidden.
using Costs = std::vector<int>;
inline constexpr int kForbidden = -1;

/// A group as it would be after a change.
struct ProposedGroup {
    int slot = 0;
    int leader = -1;
    std::span<const int> units;
    int seated = 0;  ///< people in units
};

/// One object per Instance, so that a rule may keep what it needs to know of a cohort. The questions are
/// asked in the order in which they stand; all have an answer for a rule that does not care.
class HardRule {
public:
    HardRule() = default;
    HardRule(const HardRule&) = delete;
    HardRule& operator=(const HardRule&) = delete;
    virtual ~HardRule() = default;

    // While the instance is made.

    /// Numbers that hold for every group; slots that stand already. New slots are listed by now.
    virtual void set_up(Instance& instance) { (void)instance; }
    /// Who is placed in one group or not at all.
    virtual void tie(const Instance& instance, Ties& ties) { (void)instance, (void)ties; }
    /// How many groups a facilitator may still lead.
    virtual void limit_leader(const Instance& instance, Leader& leader) { (void)instance, (void)leader; }
    /// Slots that the rule forbids to a facilitator, or makes dearer.
    virtual void narrow_leader(const Instance& instance, const Leader& leader, Costs& costs) {
        (void)instance, (void)leader, (void)costs;
    }
    /// The same for a unit. Leaders are known by now; of the unit only the members.
    virtual void narrow_unit(const Instance& instance, const Unit& unit, Costs& costs) {
        (void)instance, (void)unit, (void)costs;
    }
    /// Of which slots a facilitator can lead one only. Slots and `attends` are final.
    virtual void exclude(const Instance& instance, Leader& leader) { (void)instance, (void)leader; }

    // Who shares a group, not just a slot.

    /// It matters to this rule which group of a slot the unit joins.
    [[nodiscard]] virtual bool picks_groups(const Instance& instance, const Unit& unit) const {
        (void)instance, (void)unit;
        return false;
    }
    /// For units that pick groups. \param leader  index into the leaders, -1 in a self-led cohort
    [[nodiscard]] virtual bool may_lead(const Instance& instance, int leader, const Unit& unit) const {
        (void)instance, (void)leader, (void)unit;
        return true;
    }

    // Rows of the program. A row must hold for every valid plan, or the bound is no bound.

    virtual void add_slot_rows(const SlotColumns& slot, ProgramWriter& program) const {
        (void)slot, (void)program;
    }
    /// \param columns  of the unit: each says that it sits somewhere
    virtual void add_unit_rows(std::span<const int> columns, ProgramWriter& program) const {
        (void)columns, (void)program;
    }
    /// \param columns  of the leader: in the order of its `attends`, each says that it leads there
    virtual void add_leader_rows(const Leader& leader, std::span<const int> columns,
                                 ProgramWriter& program) const {
        (void)leader, (void)columns, (void)program;
    }

    // Before groups are changed (polish/). Who can be where, and who may lead whom, is asked already.

    [[nodiscard]] virtual bool allows(const Instance& instance, const ProposedGroup& group) const {
        (void)instance, (void)group;
        return true;
    }
    /// \param slots  where the leader leads already
    [[nodiscard]] virtual bool lets_lead(const Instance& instance, int leader, std::span<const int> slots,
                                         int slot) const {
        (void)instance, (void)leader, (void)slots, (void)slot;
        return true;
    }

    // When the plan is written down.

    virtual void complete(const Instance& instance, Plan& plan) const { (void)instance, (void)plan; }
};

}  // namespace convene
