// R2: a group's size lies in min_size … max_size.
#include <algorithm>

#include "core/solve/program_writer.h"
#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

class Size : public HardRule {
public:
    void set_up(Instance& instance) override {
        const Problem& problem = *instance.problem;
        const Rules& rules = problem.rules();
        const int counted = rules.count_facilitator && problem.facilitated() ? 1 : 0;
        instance.least = std::max(1, rules.min_size - counted);
        instance.most = rules.max_size - counted;
        for (Slot& slot : instance.slots) {
            if (slot.fixed < 0) continue;
            const FixedGroup& group = instance.standing[static_cast<std::size_t>(slot.fixed)];
            const int leads = rules.count_facilitator && !group.facilitator.empty() ? 1 : 0;
            slot.seats = std::max(0, rules.max_size - leads - static_cast<int>(group.participants.size()));
        }
    }

    void narrow_unit(const Instance& instance, const Unit& unit, Costs& costs) override {
        for (std::size_t s = 0; s < costs.size(); ++s) {
            const Slot& slot = instance.slots[s];
            if (unit.size() > (slot.fixed >= 0 ? slot.seats : instance.most)) costs[s] = kForbidden;
        }
    }

    void add_slot_rows(const SlotColumns& slot, ProgramWriter& program) const override {
        const Instance& instance = program.instance();
        if (slot.groups < 0) {
            Terms seats;
            for (const SitterColumn& sitter : slot.sitters)
                seats.emplace_back(sitter.column, program.people(sitter));
            program.add_row(-kInfinity, program.slot(slot).seats, std::move(seats));
            return;
        }
        Terms all;
        for (const SitterColumn& sitter : slot.sitters) all.emplace_back(sitter.column, 1);
        if (slot.picked) add_choices(slot, all, program);
        Terms most = all;
        most.emplace_back(slot.groups, -instance.most);
        program.add_row(-kInfinity, 0, std::move(most));
        all.emplace_back(slot.groups, -instance.least);
        program.add_row(0, kInfinity, std::move(all));
    }

private:
    /// What those who pick their group leave `needed` must come from the others at the slot: they cover
    /// all needs. \param all  everybody at the slot; those who pick are added
    static void add_choices(const SlotColumns& slot, Terms& all, ProgramWriter& program) {
        const Instance& instance = program.instance();
        Terms supply = all;
        for (const GroupColumns& group : slot.choices) {
            Terms seats{{group.column, -instance.most}};
            Terms enough{{group.column, -instance.least}, {group.needed, 1}};
            for (const SitterColumn& sitter : group.pickers) {
                const int people = program.people(sitter);
                for (Terms* terms : {&seats, &enough, &all}) terms->emplace_back(sitter.column, people);
            }
            seats.emplace_back(group.needed, 1);
            program.add_row(-kInfinity, 0, std::move(seats));
            program.add_row(0, kInfinity, std::move(enough));
            supply.emplace_back(group.needed, -1);
        }
        program.add_row(0, kInfinity, std::move(supply));
    }
};

}  // namespace

HardRulePtr hard_rules::r2_size() {
    return std::make_shared<Size>();
}

}  // namespace convene
