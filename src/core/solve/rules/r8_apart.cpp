// R8: no two people of an apart set share a group; the facilitator is one of the people.
#include <algorithm>
#include <string>

#include "core/solve/program_writer.h"
#include "core/solve/rules/hard_rules.h"
#include "core/solve/ties.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

class Apart : public HardRule {
public:
    void tie(const Instance& instance, Ties& ties) override {
        const Problem& problem = *instance.problem;
        sets_of_.resize(problem.people().size());
        for (const auto& ids : problem.apart()) {
            Set set;
            int others = 0;
            for (const std::string& id : ids) {
                const int person = problem.index_of(id);
                sets_of_[at(person)].push_back(static_cast<int>(sets_.size()));
                const bool leads = problem.people()[at(person)].role == Role::facilitator;
                if (leads || ties.free(person)) ++others;
                if (!leads && ties.seat(person) >= 0) set.barred.push_back(ties.seat(person));
                for (std::size_t g = 0; leads && g < instance.standing.size(); ++g)
                    if (instance.standing[g].facilitator == id) set.barred.push_back(static_cast<int>(g));
            }
            set.bites = others > 1;
            sets_.push_back(std::move(set));
        }
    }

    void narrow_unit(const Instance& instance, const Unit& unit, Costs& costs) override {
        const std::vector<int> sets = sets_of(unit);
        if (std::adjacent_find(sets.begin(), sets.end()) != sets.end())
            std::fill(costs.begin(), costs.end(), kForbidden);
        for (std::size_t s = 0; s < costs.size(); ++s)
            for (const int set : sets) {
                const std::vector<int>& barred = sets_[at(set)].barred;
                if (std::find(barred.begin(), barred.end(), instance.slots[s].fixed) != barred.end())
                    costs[s] = kForbidden;
            }
    }

    [[nodiscard]] bool picks_groups(const Instance& /*instance*/, const Unit& unit) const override {
        const std::vector<int> sets = sets_of(unit);
        return std::any_of(sets.begin(), sets.end(), [&](int set) { return sets_[at(set)].bites; });
    }
    [[nodiscard]] bool may_lead(const Instance& instance, int leader, const Unit& unit) const override {
        if (leader < 0) return true;
        const std::vector<int>& of_leader = sets_of_[at(instance.leaders[at(leader)].person)];
        const std::vector<int> sets = sets_of(unit);
        return std::none_of(of_leader.begin(), of_leader.end(),
                            [&](int set) { return std::binary_search(sets.begin(), sets.end(), set); });
    }

    /// Of each set, as many as there are groups to choose from; one in a group that stands.
    void add_slot_rows(const SlotColumns& slot, ProgramWriter& program) const override {
        if (sets_.empty()) return;
        if (slot.groups < 0) add_rows(slot.sitters, -1, program);
        for (const GroupColumns& group : slot.choices) add_rows(group.pickers, group.column, program);
    }

    [[nodiscard]] bool allows(const Instance& instance, const ProposedGroup& group) const override {
        if (sets_.empty()) return true;
        std::vector<int> sets;
        for (const int unit : group.units) {
            const std::vector<int> more = sets_of(instance.units[at(unit)]);
            sets.insert(sets.end(), more.begin(), more.end());
        }
        std::sort(sets.begin(), sets.end());
        return std::adjacent_find(sets.begin(), sets.end()) == sets.end();
    }

private:
    struct Set {
        std::vector<int> barred;  ///< standing groups with somebody of it
        bool bites = false;       ///< there are two who could still meet in a new group
    };

    /// Rising; twice where two members are of one set.
    [[nodiscard]] std::vector<int> sets_of(const Unit& unit) const {
        std::vector<int> sets;
        for (const int member : unit.members)
            sets.insert(sets.end(), sets_of_[at(member)].begin(), sets_of_[at(member)].end());
        std::sort(sets.begin(), sets.end());
        return sets;
    }

    /// \param group  column that opens it; -1: it stands
    void add_rows(const std::vector<SitterColumn>& sitters, int group, ProgramWriter& program) const {
        std::vector<Terms> rows(sets_.size());
        for (const SitterColumn& sitter : sitters)
            for (const int set : sets_of(program.instance().units[at(sitter.unit)]))
                rows[at(set)].emplace_back(sitter.column, 1);
        for (Terms& terms : rows) {
            if (terms.size() < 2) continue;
            if (group >= 0) terms.emplace_back(group, -1);
            program.add_row(-kInfinity, group >= 0 ? 0 : 1, std::move(terms));
        }
    }

    std::vector<Set> sets_;
    std::vector<std::vector<int>> sets_of_;  ///< by person, rising
};

}  // namespace

HardRulePtr hard_rules::r8_apart() {
    return std::make_shared<Apart>();
}

}  // namespace convene
