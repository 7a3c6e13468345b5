#include "core/solve/polish/moves.h"

namespace convene::moves {

bool swap_leaders(PolishState& state, int g) {
    const PolishState::Group& group = state.group(g);
    if (group.leader < 0) return false;
    for (int other = g + 1; other < state.size(); ++other) {
        const PolishState::Group& second = state.group(other);
        if (second.leader < 0 || second.leader == group.leader || second.closed()) continue;
        if (state.leader_cost(group.leader, second.slot) < 0) continue;
        Step::Part a = state.part(g);
        Step::Part b = state.part(other);
        std::swap(a.leader, b.leader);
        if (state.try_step({a, b})) return true;
    }
    return false;
}

}  // namespace convene::moves
