#include "core/solve/polish/moves.h"

namespace convene::moves {

bool merge_groups(PolishState& state, int g) {
    const PolishState::Group& from = state.group(g);
    if (from.fixed || from.units.empty()) return false;
    for (const Attend& attend : state.unit(from.units.front()).attends)
        for (const int other : state.groups_at(attend.slot)) {
            if (other == g) continue;
            Step::Part to = state.part(other);
            to.takes = g;
            if (state.try_step(Step(to))) return true;
        }
    return false;
}

}  // namespace convene::moves
