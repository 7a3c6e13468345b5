// R5: a facilitator leads at most max_groups groups, over all running cohorts together.
#include <algorithm>

#include "core/solve/program_writer.h"
#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

class FacilitatorLoad : public HardRule {
public:
    void limit_leader(const Instance& instance, Leader& leader) override {
        const Problem& problem = *instance.problem;
        const std::string& id = problem.people()[static_cast<std::size_t>(leader.person)].id;
        const auto led = std::count_if(instance.standing.begin(), instance.standing.end(),
                                       [&](const FixedGroup& group) { return group.facilitator == id; });
        leader.capacity = problem.capacity(leader.person) - static_cast<int>(led);
    }

    void add_leader_rows(const Leader& leader, std::span<const int> columns,
                         ProgramWriter& program) const override {
        if (static_cast<int>(columns.size()) <= leader.capacity) return;
        Terms terms;
        for (const int column : columns) terms.emplace_back(column, 1);
        program.add_row(-kInfinity, leader.capacity, std::move(terms));
    }

    [[nodiscard]] bool lets_lead(const Instance& instance, int leader, std::span<const int> slots,
                                 int /*slot*/) const override {
        return static_cast<int>(slots.size()) < instance.leaders[static_cast<std::size_t>(leader)].capacity;
    }
};

}  // namespace

HardRulePtr hard_rules::r5_facilitator_load() {
    return std::make_shared<FacilitatorLoad>();
}

}  // namespace convene
