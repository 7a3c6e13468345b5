#include "core/solve/polish/exchange.h"
#include "core/solve/polish/moves.h"

namespace convene::moves {

bool swap_units(PolishState& state, int g) {
    const PolishState::Group& from = state.group(g);
    for (const int unit : from.units) {
        const Starts without = state.shared_without(from, unit);
        for (const Attend& attend : state.instance().units[static_cast<std::size_t>(unit)].attends)
            for (const int other : state.groups_at(attend.slot)) {
                if (other == g) continue;
                for (const int back : state.group(other).units)
                    if (exchange(state, g, unit, other, back, without)) return true;
            }
    }
    return false;
}

}  // namespace convene::moves
