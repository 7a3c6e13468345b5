#include "core/solve/polish/exchange.h"
#include "core/solve/polish/moves.h"

namespace convene::moves {

bool move_unit(PolishState& state, int g) {
    const PolishState::Group& from = state.group(g);
    for (const int unit : from.units) {
        const Starts without = state.shared_without(from, unit);
        for (const Attend& attend : state.instance().units[static_cast<std::size_t>(unit)].attends)
            for (const int other : state.groups_at(attend.slot))
                if (other != g && exchange(state, g, unit, other, -1, without)) return true;
    }
    return false;
}

}  // namespace convene::moves
