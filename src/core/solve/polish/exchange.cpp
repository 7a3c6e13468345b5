#include "core/solve/polish/exchange.h"

#include <tuple>
#include <utility>

namespace convene::moves {

std::vector<int> exchanged(std::vector<int> units, int out, int in) {
    if (out >= 0) std::erase(units, out);
    if (in >= 0) units.push_back(in);
    return units;
}

bool exchange(PolishState& state, int a, int out, int b, int in, const Starts& a_without) {
    state.count_work();
    const PolishState::Group& from = state.group(a);
    const PolishState::Group& to = state.group(b);
    const int there = state.cost(out, to.slot);
    const int back = in >= 0 ? state.cost(in, from.slot) : 0;
    if (there < 0 || back < 0) return false;
    const int more = state.people(out) - (in >= 0 ? state.people(in) : 0);
    if (!state.size_allowed(from, from.seated - more) || !state.size_allowed(to, to.seated + more))
        return false;
    Change change;
    change.if_needed = there + back - state.cost(out, from.slot) - (in >= 0 ? state.cost(in, to.slot) : 0);
    change.sizes = state.unevenness(from, from.seated - more) + state.unevenness(to, to.seated + more) -
                   state.unevenness(from, from.seated) - state.unevenness(to, to.seated);
    if (std::tie(change.if_needed, change.sizes) > std::tuple(0, 0)) return false;
    std::vector<int> from_units;
    std::vector<int> to_units;
    if (change.if_needed == 0 && change.sizes == 0) {
        Starts from_shared = a_without;
        if (in >= 0) intersect(from_shared, state.starts().of_unit(in));
        Starts to_shared = in >= 0 ? state.shared_without(to, in) : to.shared;
        intersect(to_shared, state.starts().of_unit(out));
        from_units = exchanged(from.units, out, in);
        to_units = exchanged(to.units, in, out);
        change.spare = from.spare + to.spare - state.spare(from, from.leader, from_units, from_shared) -
                       state.spare(to, to.leader, to_units, to_shared);
    }
    if (!change.pays()) return false;
    if (from_units.empty()) from_units = exchanged(from.units, out, in);
    if (to_units.empty()) to_units = exchanged(to.units, in, out);
    if (!state.company_allowed(from, from.leader, from_units) ||
        !state.company_allowed(to, to.leader, to_units))
        return false;
    state.set_units(a, std::move(from_units), 0);
    state.set_units(b, std::move(to_units), change.if_needed);
    return true;
}

}  // namespace convene::moves
