#include "core/solve/polish/moves.h"

namespace convene::moves {

bool change_leader(PolishState& state, int g) {
    const PolishState::Group& group = state.group(g);
    if (group.leader < 0) return false;
    for (const int leader : state.leaders_at(group.slot)) {
        if (leader == group.leader) continue;
        Step::Part part = state.part(g);
        part.leader = leader;
        if (state.try_step(Step(part))) return true;
    }
    return false;
}

}  // namespace convene::moves
