#include "core/solve/polish/moves.h"

namespace convene::moves {

bool spread_load(PolishState& state, int g) {
    const PolishState::Group& group = state.group(g);
    if (group.leader < 0) return false;
    for (const int leader : state.leaders_at(group.slot)) {
        if (leader == group.leader || state.load().compare(group.leader, 0, leader, 1) <= 0) continue;
        Step::Part part = state.part(g);
        part.leader = leader;
        if (state.try_free_step(Step(part))) return true;
    }
    return false;
}

}  // namespace convene::moves
