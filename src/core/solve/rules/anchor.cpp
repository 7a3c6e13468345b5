// Which zone may name a group's weekly time: with `facilitator` its facilitator's own, with `best` UTC or
// that of a member.
#include <algorithm>

#include "core/solve/program_writer.h"
#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

class AnchorRule : public HardRule {
public:
    void narrow_leader(const Instance& instance, const Leader& leader, Costs& costs) override {
        if (instance.problem->schedule().anchor.kind != Anchor::Kind::facilitator) return;
        for (std::size_t s = 0; s < costs.size(); ++s)
            if (costs[s] != kForbidden && !instance.opens(leader.person, instance.slots[s]))
                costs[s] = kForbidden;
    }

    /// Under `best`, each group at a slot that UTC cannot name needs somebody whose zone can.
    void add_slot_rows(const SlotColumns& slot, ProgramWriter& program) const override {
        if (slot.groups < 0 || program.slot(slot).open_to_all) return;
        if (slot.picked)
            add_choices(slot, program);
        else
            add_whole_slot(slot, program);
    }

    [[nodiscard]] bool allows(const Instance& instance, const ProposedGroup& group) const override {
        const Slot& slot = instance.slots[static_cast<std::size_t>(group.slot)];
        return slot.fixed >= 0 || slot.open_to_all || leader_opens(instance, group.leader, slot) ||
               std::any_of(group.units.begin(), group.units.end(), [&](int unit) {
                   return unit_opens(instance, instance.units[static_cast<std::size_t>(unit)], slot);
               });
    }

private:
    static bool leader_opens(const Instance& instance, int leader, const Slot& slot) {
        return leader >= 0 && instance.opens(instance.leaders[static_cast<std::size_t>(leader)].person, slot);
    }
    static bool unit_opens(const Instance& instance, const Unit& unit, const Slot& slot) {
        return std::any_of(unit.members.begin(), unit.members.end(),
                           [&](int member) { return instance.opens(member, slot); });
    }
    static Terms openers_among(const std::vector<SitterColumn>& sitters, const SlotColumns& slot,
                               const ProgramWriter& program) {
        Terms openers;
        for (const SitterColumn& sitter : sitters)
            if (unit_opens(program.instance(),
                           program.instance().units[static_cast<std::size_t>(sitter.unit)],
                           program.slot(slot)))
                openers.emplace_back(sitter.column, 1);
        return openers;
    }

    static void add_whole_slot(const SlotColumns& slot, ProgramWriter& program) {
        Terms need = openers_among(slot.sitters, slot, program);
        if (program.instance().self_led) need.emplace_back(slot.groups, -1);
        for (const GroupColumns& group : slot.choices)
            if (!program.instance().self_led &&
                !leader_opens(program.instance(), group.leader, program.slot(slot)))
                need.emplace_back(group.column, -1);
        program.add_row(0, kInfinity, std::move(need));
    }

    /// Opened by its leader, by those who pick it, or by one of the others at the slot who is kept for it.
    static void add_choices(const SlotColumns& slot, ProgramWriter& program) {
        Terms kept = openers_among(slot.sitters, slot, program);
        for (const GroupColumns& group : slot.choices) {
            if (leader_opens(program.instance(), group.leader, program.slot(slot))) continue;
            Terms opened = openers_among(group.pickers, slot, program);
            const int opener = program.add_helper(slot.slot, group, 1);
            opened.emplace_back(group.column, -1);
            opened.emplace_back(opener, 1);
            program.add_row(0, kInfinity, std::move(opened));
            program.add_row(0, kInfinity, {{group.needed, 1}, {opener, -1}});
            kept.emplace_back(opener, -1);
        }
        program.add_row(0, kInfinity, std::move(kept));
    }
};

}  // namespace

HardRulePtr hard_rules::anchor() {
    return std::make_shared<AnchorRule>();
}

}  // namespace convene
