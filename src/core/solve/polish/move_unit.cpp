#include "core/solve/polish/moves.h"

namespace convene::moves {

bool move_unit(PolishState& state, int g) {
    for (const int unit : state.group(g).units) {
        Step::Part from = state.part(g);
        from.out = unit;
        for (const Attend& attend : state.unit(unit).attends)
            for (const int other : state.groups_at(attend.slot)) {
                if (other == g) continue;
                Step::Part to = state.part(other);
                to.in = unit;
                if (state.try_step({from, to})) return true;
            }
    }
    return false;
}

}  // namespace convene::moves
