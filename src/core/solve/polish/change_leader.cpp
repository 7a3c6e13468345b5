#include "core/solve/polish/moves.h"

namespace convene::moves {
namespace {

/// R1 has a new leader for a new group only, at no more if-needed time, and agreeable to everybody in it.
bool may_change(const PolishState& state, int g, int leader) {
    const PolishState::Group& group = state.group(g);
    return leader != group.leader &&
           state.leader_cost(leader, group.slot) <= state.leader_cost(group.leader, group.slot) &&
           state.can_lead(leader, group.slot, g) && state.company_allowed(group, leader, group.units);
}

int if_needed_of(const PolishState& state, int g, int leader) {
    const PolishState::Group& group = state.group(g);
    return state.leader_cost(leader, group.slot) - state.leader_cost(group.leader, group.slot);
}

}  // namespace

bool spread_load(PolishState& state, int g) {
    const PolishState::Group& group = state.group(g);
    if (group.leader < 0 || group.closed()) return false;
    for (const int leader : state.leaders_at(group.slot)) {
        if (leader == group.leader || state.compare_fullness(group.leader, 0, leader, 1) <= 0) continue;
        if (!may_change(state, g, leader)) continue;
        state.set_leader(g, leader, if_needed_of(state, g, leader));
        return true;
    }
    return false;
}

bool change_leader(PolishState& state, int g) {
    const PolishState::Group& group = state.group(g);
    if (group.leader < 0 || group.closed()) return false;
    Starts others = state.starts().of_slot(group.slot);
    for (const int unit : group.units) intersect(others, state.starts().of_unit(unit));
    for (const int leader : state.leaders_at(group.slot)) {
        state.count_work();
        if (leader == group.leader) continue;
        Change change;
        change.if_needed = if_needed_of(state, g, leader);
        if (change.if_needed > 0) continue;
        Starts shared = others;
        intersect(shared, state.starts().of_leader(leader));
        change.spare = group.spare - state.spare(group, leader, group.units, shared);
        if (change.if_needed == 0 && change.spare >= 0 &&
            state.compare_fullness(group.leader, 0, leader, 1) <= 0)
            continue;
        if (!may_change(state, g, leader)) continue;
        change.fuller = state.fullest_after(group.leader, leader);
        if (!change.pays()) continue;
        state.set_leader(g, leader, change.if_needed);
        return true;
    }
    return false;
}

}  // namespace convene::moves
