#include "core/solve/polish/polish_state.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/solve/slots.h"

namespace convene {
namespace {

/// Changes looked at before the rest is left as it is: reached with many thousand people only, and
/// counted, not timed, so that the plan does not depend on the machine.
constexpr long kMostChanges = 5'000'000;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

int cost_in(const std::vector<Attend>& attends, int slot) {
    const auto found = std::lower_bound(attends.begin(), attends.end(), slot,
                                        [](Attend a, int wanted) { return a.slot < wanted; });
    return found == attends.end() || found->slot != slot ? -1 : found->cost;
}

}  // namespace

PolishState::PolishState(const Instance& instance, Solution solution,
                         const std::function<bool()>& should_stop)
    : in_(instance),
      should_stop_(should_stop),
      starts_(instance),
      groups_at_(instance.slots.size()),
      unseated_at_(instance.slots.size()),
      leaders_at_(instance.slots.size()),
      seated_(instance.units.size(), 0),
      load_(instance.leaders.size(), 0),
      work_left_(kMostChanges) {
    const Problem& problem = *in_.problem;
    const bool counts = problem.rules().count_facilitator;
    for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s) {
        if (in_.slots[at(s)].fixed < 0) continue;
        const FixedGroup& fixed = problem.fixed_groups()[at(in_.slots[at(s)].fixed)];
        Group group{s, -1, {}, 0, static_cast<int>(fixed.participants.size()), {}, 0, true};
        if (counts && !fixed.facilitator.empty()) ++group.base;
        add(std::move(group));
    }
    for (Solution::Group& group : solution.groups) {
        if (in_.slots[at(group.slot)].fixed >= 0)
            groups_[at(groups_at_[at(group.slot)].front())].units = std::move(group.units);
        else
            add({group.slot,
                 group.leader,
                 std::move(group.units),
                 0,
                 counts && group.leader >= 0 ? 1 : 0,
                 {}});
    }
    for (Group& group : groups_) {
        refresh(group);
        for (const int unit : group.units) seated_[at(unit)] = 1;
        if (group.leader >= 0) ++load_[at(group.leader)];
    }
    for (int u = 0; u < static_cast<int>(in_.units.size()); ++u)
        for (const Attend& attend : in_.units[at(u)].attends)
            if (!seated(u)) unseated_at_[at(attend.slot)].push_back(u);
    for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l)
        for (const Attend& attend : in_.leaders[at(l)].attends) leaders_at_[at(attend.slot)].push_back(l);
    list_fullness();
    solution_.placed = solution.placed;
    solution_.if_needed = solution.if_needed;
}

void PolishState::add(Group group) {
    groups_at_[at(group.slot)].push_back(size());
    groups_.push_back(std::move(group));
}

void PolishState::refresh(Group& group) {
    group.seated = 0;
    for (const int unit : group.units) group.seated += people(unit);
    group.shared = shared_without(group, -1);
    group.spare = spare(group, group.leader, group.units, group.shared);
}

void PolishState::list_fullness() {
    const Problem& problem = *in_.problem;
    std::map<int, int> led;
    for (const int person : problem.facilitators()) led[person] = 0;
    for (const OutsideLoad& load : problem.outside_load()) led[problem.index_of(load.person)] += load.groups;
    for (const FixedGroup& group : problem.fixed_groups())
        if (!group.facilitator.empty()) ++led[problem.index_of(group.facilitator)];
    for (const Leader& leader : in_.leaders) led.erase(leader.person);
    for (const auto& [person, groups] : led) {
        const int most = problem.people()[at(person)].max_groups;
        if (most > 0 && groups * fullest_elsewhere_.most > fullest_elsewhere_.led * most)
            fullest_elsewhere_ = {groups, most};
    }
}

const std::vector<int>& PolishState::groups_at(int slot) const {
    return groups_at_[at(slot)];
}
const std::vector<int>& PolishState::unseated_at(int slot) const {
    return unseated_at_[at(slot)];
}
const std::vector<int>& PolishState::leaders_at(int slot) const {
    return leaders_at_[at(slot)];
}

int PolishState::cost(int unit, int slot) const {
    return cost_in(in_.units[at(unit)].attends, slot);
}
int PolishState::leader_cost(int leader, int slot) const {
    return cost_in(in_.leaders[at(leader)].attends, slot);
}

bool PolishState::size_allowed(const Group& group, int seated) const {
    if (group.fixed) return seated <= in_.slots[at(group.slot)].seats;
    return seated >= in_.least && seated <= in_.most;
}

int PolishState::unevenness(const Group& group, int seated) const {
    const int off = group.base + seated - in_.problem->rules().target();
    return off * off;
}

bool PolishState::company_allowed(const Group& group, int leader, const std::vector<int>& units) const {
    const Slot& slot = in_.slots[at(group.slot)];
    std::vector<int> sets;
    bool open =
        group.fixed || slot.open_to_all || (leader >= 0 && in_.opens(in_.leaders[at(leader)].person, slot));
    for (const int u : units) {
        const Unit& unit = in_.units[at(u)];
        for (std::size_t m = 0; !open && m < unit.members.size(); ++m)
            open = in_.opens(unit.members[m], slot);
        if (!unit.special) continue;
        if (!group.fixed && unit.leader >= 0 && unit.leader != leader) return false;
        if (!group.fixed && std::binary_search(unit.not_led_by.begin(), unit.not_led_by.end(), leader))
            return false;
        sets.insert(sets.end(), unit.apart_sets.begin(), unit.apart_sets.end());
    }
    std::sort(sets.begin(), sets.end());
    return open && std::adjacent_find(sets.begin(), sets.end()) == sets.end();
}

Starts PolishState::shared_without(const Group& group, int unit) const {
    Starts shared = starts_.of_slot(group.slot);
    if (group.leader >= 0) intersect(shared, starts_.of_leader(group.leader));
    for (const int other : group.units)
        if (other != unit) intersect(shared, starts_.of_unit(other));
    return shared;
}

int PolishState::spare(const Group& group, int leader, const std::vector<int>& units,
                       const Starts& shared) const {
    return starts_.spare(group.slot, leader, units, shared);
}

bool PolishState::can_lead(int leader, int slot, int except) const {
    int led = 0;
    const Problem& problem = *in_.problem;
    const int minutes = problem.schedule().meeting_minutes;
    for (int g = 0; g < size(); ++g) {
        const Group& other = group(g);
        if (g == except || other.leader != leader || other.closed()) continue;
        ++led;
        if (clash(in_.slots[at(other.slot)].meetings, minutes, in_.slots[at(slot)].meetings, minutes,
                  problem.rules().facilitator_buffer_minutes))
            return false;
    }
    return led < in_.leaders[at(leader)].capacity;
}

PolishState::Fullness PolishState::fullness(int leader, int more) const {
    const Leader& who = in_.leaders[at(leader)];
    const int most = in_.problem->people()[at(who.person)].max_groups;
    return {most - who.capacity + load_[at(leader)] + more, most};
}

std::strong_ordering PolishState::compare_fullness(int a, int a_more, int b, int b_more) const {
    const Fullness x = fullness(a, a_more);
    const Fullness y = fullness(b, b_more);
    return x.led * y.most <=> y.led * x.most;
}

int PolishState::fullest_after(int from, int to) const {
    Fullness before = fullest_elsewhere_;
    Fullness after = fullest_elsewhere_;
    const auto raise = [](Fullness& fullest, Fullness one) {
        if (one.led * fullest.most > fullest.led * one.most) fullest = one;
    };
    for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l) {
        raise(before, fullness(l, 0));
        raise(after, fullness(l, (l == to ? 1 : 0) - (l == from ? 1 : 0)));
    }
    const int x = before.led * after.most;
    const int y = after.led * before.most;
    return y < x ? -1 : y > x ? 1 : 0;
}

void PolishState::set_units(int g, std::vector<int> units, int if_needed) {
    Group& group = groups_[at(g)];
    for (const int unit : units) {
        if (seated(unit)) continue;
        for (const Attend& attend : in_.units[at(unit)].attends)
            std::erase(unseated_at_[at(attend.slot)], unit);
        seated_[at(unit)] = 1;
    }
    group.units = std::move(units);
    refresh(group);
    solution_.if_needed += if_needed;
}

void PolishState::unseat(int unit) {
    seated_[at(unit)] = 0;
    for (const Attend& attend : in_.units[at(unit)].attends) unseated_at_[at(attend.slot)].push_back(unit);
}

void PolishState::set_leader(int g, int leader, int if_needed) {
    Group& group = groups_[at(g)];
    --load_[at(group.leader)];
    ++load_[at(leader)];
    group.leader = leader;
    refresh(group);
    solution_.if_needed += if_needed;
}

void PolishState::close(int g, int if_needed) {
    Group& group = groups_[at(g)];
    if (group.leader >= 0) --load_[at(group.leader)];
    group.units.clear();
    group.seated = 0;
    group.spare = 0;
    std::erase(groups_at_[at(group.slot)], g);
    solution_.if_needed += if_needed;
}

Solution PolishState::take() {
    for (Group& group : groups_) {
        if (group.units.empty()) continue;
        std::sort(group.units.begin(), group.units.end());
        solution_.groups.push_back({group.slot, group.leader, std::move(group.units)});
    }
    std::sort(solution_.groups.begin(), solution_.groups.end(),
              [](const Solution::Group& a, const Solution::Group& b) {
                  return std::tie(a.slot, a.leader, a.units) < std::tie(b.slot, b.leader, b.units);
              });
    return std::move(solution_);
}

}  // namespace convene
