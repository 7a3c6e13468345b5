// R1: every group has exactly one facilitator, if the cohort has any; else groups are self-led.
#include "core/solve/program_writer.h"
#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

class OneFacilitator : public HardRule {
public:
    /// As many groups as somebody leads. Self-led ones are alike: the first of them is opened first.
    void add_slot_rows(const SlotColumns& slot, ProgramWriter& program) const override {
        if (slot.choices.empty()) return;
        Terms sum{{slot.groups, -1}};
        for (const GroupColumns& group : slot.choices) sum.emplace_back(group.column, 1);
        program.add_row(0, 0, std::move(sum));
        for (std::size_t c = 1; slot.choices[0].leader < 0 && c < slot.choices.size(); ++c)
            program.add_row(0, kInfinity, {{slot.choices[c - 1].column, 1}, {slot.choices[c].column, -1}});
    }

    [[nodiscard]] bool allows(const Instance& instance, const ProposedGroup& group) const override {
        return instance.slots[static_cast<std::size_t>(group.slot)].fixed >= 0 ||
               instance.self_led == (group.leader < 0);
    }
};

}  // namespace

HardRulePtr hard_rules::r1_one_facilitator() {
    return std::make_shared<OneFacilitator>();
}

}  // namespace convene
