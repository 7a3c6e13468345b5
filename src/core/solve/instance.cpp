#include "core/solve/instance.h"

#include <algorithm>
#include <tuple>

#include "core/solve/coarse_grid.h"
#include "core/solve/rules/hard_rules.h"
#include "core/solve/slots.h"
#include "core/solve/ties.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// Asks the hard rules who can be where.
class Compiler {
public:
    explicit Compiler(const Problem& problem) : problem_(problem) {}

    Instance run() {
        in_.problem = &problem_;
        in_.rules = all_hard_rules();
        in_.self_led = !problem_.facilitated();
        in_.most = static_cast<int>(problem_.participants().size());
        in_.slots = list_slots(problem_);
        for (const HardRulePtr& rule : in_.rules) rule->set_up(in_);
        add_leaders();
        add_units();
        coarsen(in_);
        drop_useless_slots();
        for (Leader& leader : in_.leaders)
            for (const HardRulePtr& rule : in_.rules) rule->exclude(in_, leader);
        return std::move(in_);
    }

private:
    [[nodiscard]] Costs no_costs() const { return Costs(in_.slots.size(), 0); }

    static std::vector<Attend> attends(const Costs& costs) {
        std::vector<Attend> list;
        for (std::size_t s = 0; s < costs.size(); ++s)
            if (costs[s] != kForbidden) list.push_back({static_cast<int>(s), costs[s]});
        return list;
    }

    void add_leaders() {
        for (const int index : problem_.facilitators()) {
            Leader leader;
            leader.person = index;
            leader.capacity = static_cast<int>(in_.slots.size());
            for (const HardRulePtr& rule : in_.rules) rule->limit_leader(in_, leader);
            if (leader.capacity <= 0) continue;
            Costs costs = no_costs();
            for (const HardRulePtr& rule : in_.rules) rule->narrow_leader(in_, leader, costs);
            for (std::size_t s = 0; s < costs.size(); ++s)
                if (in_.slots[s].fixed >= 0) costs[s] = kForbidden;
            leader.attends = attends(costs);
            if (!leader.attends.empty()) in_.leaders.push_back(std::move(leader));
        }
        std::sort(in_.leaders.begin(), in_.leaders.end(), [](const Leader& a, const Leader& b) {
            return std::tie(a.attends, a.capacity, a.person) < std::tie(b.attends, b.capacity, b.person);
        });
    }

    void add_units() {
        Ties ties(in_);
        for (const HardRulePtr& rule : in_.rules) rule->tie(in_, ties);
        for (std::vector<int>& members : ties.bonds()) {
            Unit unit;
            unit.members = std::move(members);
            Costs costs = no_costs();
            for (const HardRulePtr& rule : in_.rules) rule->narrow_unit(in_, unit, costs);
            unit.special = unit.size() > 1 ||
                           std::any_of(in_.rules.begin(), in_.rules.end(), [&](const HardRulePtr& rule) {
                               return rule->picks_groups(in_, unit);
                           });
            if (unit.special && !in_.self_led) forbid_unled_slots(unit, costs);
            unit.attends = attends(costs);
            if (!unit.attends.empty()) in_.units.push_back(std::move(unit));
        }
        std::sort(in_.units.begin(), in_.units.end(), [](const Unit& a, const Unit& b) {
            return std::tie(a.attends, a.members) < std::tie(b.attends, b.members);
        });
    }

    /// Those where nobody can lead who may lead this unit.
    void forbid_unled_slots(const Unit& unit, Costs& costs) const {
        std::vector<char> led(in_.slots.size(), 0);
        for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l)
            if (all_may_lead(in_, l, unit))
                for (const Attend& attend : in_.leaders[at(l)].attends) led[at(attend.slot)] = 1;
        for (std::size_t s = 0; s < costs.size(); ++s)
            if (in_.slots[s].fixed < 0 && led[s] == 0) costs[s] = kForbidden;
    }

    void drop_useless_slots() {
        std::vector<int> people(in_.slots.size(), 0);
        std::vector<char> useful(in_.slots.size(), in_.self_led ? 1 : 0);
        for (const Unit& unit : in_.units)
            for (const Attend& attend : unit.attends) people[at(attend.slot)] += unit.size();
        for (const Leader& leader : in_.leaders)
            for (const Attend& attend : leader.attends) useful[at(attend.slot)] = 1;
        std::vector<int> number(in_.slots.size(), -1);
        std::vector<Slot> kept;
        for (std::size_t s = 0; s < in_.slots.size(); ++s) {
            const bool fixed = in_.slots[s].fixed >= 0;
            if (people[s] == 0 || (!fixed && (!useful[s] || people[s] < in_.least))) continue;
            number[s] = static_cast<int>(kept.size());
            kept.push_back(std::move(in_.slots[s]));
        }
        in_.slots = std::move(kept);
        const auto renumber = [&number](std::vector<Attend>& attends) {
            std::erase_if(attends, [&](Attend a) { return number[at(a.slot)] < 0; });
            for (Attend& attend : attends) attend.slot = number[at(attend.slot)];
        };
        for (Unit& unit : in_.units) renumber(unit.attends);
        for (Leader& leader : in_.leaders) renumber(leader.attends);
        std::erase_if(in_.units, [](const Unit& unit) { return unit.attends.empty(); });
        // Leaders without slots do no harm.
    }

    const Problem& problem_;
    Instance in_;
};

}  // namespace

bool Instance::size_allowed(int slot, int seated) const {
    const Slot& where = slots[at(slot)];
    return where.fixed >= 0 ? seated <= where.seats : seated >= least && seated <= most;
}

bool Instance::opens(int person, const Slot& slot) const {
    const std::string& home = problem->people()[at(person)].zone->name();
    return std::any_of(slot.labels.begin(), slot.labels.end(),
                       [&](const SlotLabel& label) { return label.zone->name() == home; });
}

Instance compile(const Problem& problem) {
    return Compiler(problem).run();
}

}  // namespace convene
