#include "core/solve/polish/moves.h"

namespace convene::moves {

bool swap_units(PolishState& state, int g) {
    for (const int unit : state.group(g).units)
        for (const Attend& attend : state.unit(unit).attends)
            for (const int other : state.groups_at(attend.slot)) {
                if (other == g) continue;
                Step::Part from = state.part(g);
                Step::Part to = state.part(other);
                from.out = to.in = unit;
                for (const int back : state.group(other).units) {
                    to.out = from.in = back;
                    if (state.try_step({from, to})) return true;
                }
            }
    return false;
}

}  // namespace convene::moves
