#include <utility>

#include "core/solve/polish/moves.h"

namespace convene::moves {
namespace {

bool merge_into(PolishState& state, int g, int other) {
    const PolishState::Group& from = state.group(g);
    const PolishState::Group& to = state.group(other);
    state.count_work();
    const int seated = to.seated + from.seated;
    if (!state.size_allowed(to, seated)) return false;
    const int leader_cost = from.leader >= 0 ? state.leader_cost(from.leader, from.slot) : 0;
    Change change;
    change.if_needed = -leader_cost;
    for (const int unit : from.units) {
        const int there = state.cost(unit, to.slot);
        if (there < 0) return false;
        change.if_needed += there - state.cost(unit, from.slot);
    }
    change.sizes =
        state.unevenness(to, seated) - state.unevenness(to, to.seated) - state.unevenness(from, from.seated);
    if (change.if_needed > 0 || (change.if_needed == 0 && change.sizes > 0)) return false;
    std::vector<int> units = to.units;
    units.insert(units.end(), from.units.begin(), from.units.end());
    if (change.if_needed == 0 && change.sizes == 0) {
        change.fuller = from.leader >= 0 ? state.fullest_after(from.leader, -1) : 0;
        Starts shared = to.shared;
        for (const int unit : from.units) intersect(shared, state.starts().of_unit(unit));
        change.spare = from.spare + to.spare - state.spare(to, to.leader, units, shared);
    }
    if (!change.pays() || !state.company_allowed(to, to.leader, units)) return false;
    state.set_units(other, std::move(units), change.if_needed);
    state.close(g, 0);
    return true;
}

}  // namespace

bool merge_groups(PolishState& state, int g) {
    const PolishState::Group& from = state.group(g);
    if (from.fixed || from.units.empty()) return false;
    const Unit& first = state.instance().units[static_cast<std::size_t>(from.units.front())];
    for (const Attend& attend : first.attends)
        for (const int other : state.groups_at(attend.slot))
            if (other != g && merge_into(state, g, other)) return true;
    return false;
}

}  // namespace convene::moves
