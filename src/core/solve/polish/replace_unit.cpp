#include <utility>

#include "core/solve/polish/exchange.h"
#include "core/solve/polish/moves.h"

namespace convene::moves {

bool replace_unit(PolishState& state, int g) {
    const PolishState::Group& group = state.group(g);
    if (state.unseated_at(group.slot).empty()) return false;
    for (const int out : group.units) {
        const Starts without = state.shared_without(group, out);
        for (const int in : state.unseated_at(group.slot)) {
            state.count_work();
            if (state.people(in) != state.people(out)) continue;
            Change change;
            change.if_needed = state.cost(in, group.slot) - state.cost(out, group.slot);
            if (change.if_needed > 0) continue;
            Starts shared = without;
            intersect(shared, state.starts().of_unit(in));
            std::vector<int> units = exchanged(group.units, out, in);
            change.spare = group.spare - state.spare(group, group.leader, units, shared);
            if (!change.pays() || !state.company_allowed(group, group.leader, units)) continue;
            state.set_units(g, std::move(units), change.if_needed);
            state.unseat(out);
            return true;
        }
    }
    return false;
}

}  // namespace convene::moves
