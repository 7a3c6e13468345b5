#include "core/solve/polish/polish_state.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

/// Changes looked at before the rest is left as it is: reached with many thousand people only, and
/// counted, not timed, so that the plan does not depend on the machine.
constexpr long kMostChanges = 5'000'000;
/// As many are looked at when the caller wants to stop: some hundredths of a second.
constexpr long kFewChanges = 100'000;

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
      preferences_(all_preferences()),
      starts_(instance),
      load_(instance),
      groups_at_(instance.slots.size()),
      unseated_at_(instance.slots.size()),
      leaders_at_(instance.slots.size()),
      seated_(instance.units.size(), 0),
      work_left_(kMostChanges) {
    const bool counts = in_.problem->rules().count_facilitator;
    for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s) {
        if (in_.slots[at(s)].fixed < 0) continue;
        const FixedGroup& fixed = in_.standing[at(in_.slots[at(s)].fixed)];
        const int leads = counts && !fixed.facilitator.empty() ? 1 : 0;
        add({s, -1, {}, true, static_cast<int>(fixed.participants.size()) + leads});
    }
    for (Solution::Group& group : solution.groups) {
        if (in_.slots[at(group.slot)].fixed >= 0)
            groups_[at(groups_at_[at(group.slot)].front())].units = std::move(group.units);
        else
            add({group.slot, group.leader, std::move(group.units), false,
                 counts && group.leader >= 0 ? 1 : 0});
    }
    for (Group& group : groups_) {
        refresh(group);
        for (const int unit : group.units) seated_[at(unit)] = 1;
        if (group.leader >= 0) load_.add(group.leader, 1);
    }
    for (int u = 0; u < static_cast<int>(in_.units.size()); ++u)
        if (seated_[at(u)] == 0) unseat(u);
    for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l)
        for (const Attend& attend : in_.leaders[at(l)].attends) leaders_at_[at(attend.slot)].push_back(l);
    solution_.placed = solution.placed;
    solution_.if_needed = solution.if_needed;
}

void PolishState::add(Group group) {
    groups_at_[at(group.slot)].push_back(size());
    groups_.push_back(std::move(group));
}

void PolishState::refresh(Group& group) {
    group.seated = 0;
    for (const int u : group.units) group.seated += unit(u).size();
    group.without.clear();
    group.shared = starts_.of_slot(group.slot);
    for (const int u : group.units) intersect(group.shared, starts_.of_unit(u));
    Starts all = group.shared;
    if (group.leader >= 0) intersect(all, starts_.of_leader(group.leader));
    group.spare = starts_.spare(group.slot, group.leader, group.units, all);
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

bool PolishState::stopped() const {
    if (work_left_ <= 0) return true;
    return work_left_ < kMostChanges - kFewChanges && should_stop_ && should_stop_();
}

int PolishState::cost(int unit, int slot) const {
    return cost_in(in_.units[at(unit)].attends, slot);
}
int PolishState::leader_cost(int leader, int slot) const {
    return cost_in(in_.leaders[at(leader)].attends, slot);
}

int PolishState::seated_after(const Step::Part& part) const {
    int seated = group(part.group).seated;
    if (part.out >= 0) seated -= unit(part.out).size();
    if (part.in >= 0) seated += unit(part.in).size();
    if (part.takes >= 0) seated += group(part.takes).seated;
    return seated;
}

std::vector<int> PolishState::units_after(const Step::Part& part) const {
    std::vector<int> units = group(part.group).units;
    if (part.out >= 0) std::erase(units, part.out);
    if (part.in >= 0) units.push_back(part.in);
    if (part.takes >= 0)
        units.insert(units.end(), group(part.takes).units.begin(), group(part.takes).units.end());
    return units;
}

const Starts& PolishState::shared_without(const Group& group, int unit) const {
    if (unit < 0) return group.shared;
    if (group.without.empty()) {
        // What the units before share is known when a unit is reached; those behind it are added after.
        group.without.assign(group.units.size(), starts_.of_slot(group.slot));
        Starts before = starts_.of_slot(group.slot);
        Starts behind = before;
        for (std::size_t i = 0, n = group.units.size(); i < n; ++i) {
            intersect(group.without[i], before);
            intersect(before, starts_.of_unit(group.units[i]));
            intersect(group.without[n - 1 - i], behind);
            intersect(behind, starts_.of_unit(group.units[n - 1 - i]));
        }
    }
    const auto found = std::find(group.units.begin(), group.units.end(), unit);
    return group.without[static_cast<std::size_t>(found - group.units.begin())];
}

int PolishState::spare_after(const Step::Part& part) const {
    Starts shared = shared_without(group(part.group), part.out);
    if (part.in >= 0) intersect(shared, starts_.of_unit(part.in));
    if (part.takes >= 0) intersect(shared, group(part.takes).shared);
    if (part.leader >= 0) intersect(shared, starts_.of_leader(part.leader));
    return starts_.spare(part.slot, part.leader, units_after(part), shared);
}

std::optional<int> PolishState::if_needed_change(const Step::Part& part) const {
    const Group& before = group(part.group);
    int change = 0;
    const auto move = [&](int u, int from, int to) {
        const int there = cost(u, to);
        change += there - cost(u, from);
        return there >= 0;
    };
    if (part.in >= 0) {
        const int there = cost(part.in, part.slot);
        if (there < 0) return std::nullopt;
        change += there;
    }
    if (part.out >= 0) change -= cost(part.out, before.slot);
    if (part.takes >= 0) {
        const Group& taken = group(part.takes);
        for (const int u : taken.units)
            if (!move(u, taken.slot, part.slot)) return std::nullopt;
        if (taken.leader >= 0) change -= leader_cost(taken.leader, taken.slot);
    }
    if (part.slot != before.slot)
        for (const int u : before.units)
            if (u != part.out && !move(u, before.slot, part.slot)) return std::nullopt;
    if (part.leader >= 0 && (part.leader != before.leader || part.slot != before.slot)) {
        const int there = leader_cost(part.leader, part.slot);
        if (there < 0) return std::nullopt;
        change += there - leader_cost(before.leader, before.slot);
    }
    return change;
}

std::optional<int> PolishState::if_needed_change(const Step& step) const {
    int sum = 0;
    for (const Step::Part& part : step.parts()) {
        const std::optional<int> change = if_needed_change(part);
        if (!change) return std::nullopt;
        sum += *change;
    }
    return sizes_allowed(step) ? std::optional(sum) : std::nullopt;
}

bool PolishState::sizes_allowed(const Step& step) const {
    return std::all_of(step.parts().begin(), step.parts().end(), [&](const Step::Part& part) {
        return in_.size_allowed(part.slot, seated_after(part));
    });
}

bool PolishState::pays(const Step& step) const {
    for (const PreferencePtr& preference : preferences_)
        if (const int change = preference->change(*this, step); change != 0) return change < 0;
    return false;
}

bool PolishState::can_lead(const Step& step, const Step::Part& part) const {
    if (part.leader < 0) return true;
    std::vector<int> elsewhere;
    std::vector<char> changed(groups_.size(), 0);
    for (const Step::Part& other : step.parts()) {
        changed[at(other.group)] = 1;
        if (other.takes >= 0) changed[at(other.takes)] = 1;
        if (other.group != part.group && other.leader == part.leader) elsewhere.push_back(other.slot);
    }
    for (int g = 0; g < size(); ++g)
        if (changed[at(g)] == 0 && group(g).leader == part.leader && !group(g).closed())
            elsewhere.push_back(group(g).slot);
    return all_let_lead(in_, part.leader, elsewhere, part.slot);
}

bool PolishState::allowed(const Step& step) const {
    for (const Step::Part& part : step.parts()) {
        const Group& before = group(part.group);
        const std::vector<int> units = units_after(part);
        if (!all_allow(in_, {part.slot, part.leader, units, seated_after(part)})) return false;
        const bool same_lead = part.leader == before.leader && part.slot == before.slot;
        if (!same_lead && !can_lead(step, part)) return false;
    }
    return true;
}

bool PolishState::try_step(const Step& step) {
    --work_left_;
    const std::optional<int> if_needed = if_needed_change(step);
    if (!if_needed || *if_needed > 0) return false;
    if (*if_needed == 0 && !pays(step)) return false;
    if (!allowed(step)) return false;
    make(step, *if_needed);
    return true;
}

bool PolishState::try_free_step(const Step& step) {
    const std::optional<int> if_needed = if_needed_change(step);
    if (!if_needed || *if_needed > 0 || !allowed(step)) return false;
    make(step, *if_needed);
    return true;
}

void PolishState::make(const Step& step, int if_needed) {
    std::vector<std::vector<int>> units;
    for (const Step::Part& part : step.parts()) units.push_back(units_after(part));
    for (const Step::Part& part : step.parts())
        if (part.out >= 0) seated_[at(part.out)] = 0;
    for (std::size_t i = 0; i < step.parts().size(); ++i) change(step.parts()[i], std::move(units[i]));
    for (const Step::Part& part : step.parts())
        if (part.out >= 0 && seated_[at(part.out)] == 0) unseat(part.out);
    solution_.if_needed += if_needed;
}

void PolishState::change(const Step::Part& part, std::vector<int> units) {
    Group& group = groups_[at(part.group)];
    if (part.takes >= 0) close(groups_[at(part.takes)], part.takes);
    if (part.slot != group.slot) {
        std::erase(groups_at_[at(group.slot)], part.group);
        groups_at_[at(part.slot)].push_back(part.group);
        group.slot = part.slot;
    }
    if (part.leader != group.leader) {
        load_.add(group.leader, -1);
        load_.add(part.leader, 1);
        group.leader = part.leader;
    }
    if (part.in >= 0) seat(part.in);
    group.units = std::move(units);
    refresh(group);
}

void PolishState::close(Group& group, int g) {
    if (group.leader >= 0) load_.add(group.leader, -1);
    group.units.clear();
    group.seated = 0;
    group.spare = 0;
    std::erase(groups_at_[at(group.slot)], g);
}

void PolishState::seat(int u) {
    seated_[at(u)] = 1;
    for (const Attend& attend : unit(u).attends) std::erase(unseated_at_[at(attend.slot)], u);
}

void PolishState::unseat(int u) {
    for (const Attend& attend : unit(u).attends) unseated_at_[at(attend.slot)].push_back(u);
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
