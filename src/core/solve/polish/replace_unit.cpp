#include "core/solve/polish/moves.h"

namespace convene::moves {

bool replace_unit(PolishState& state, int g) {
    const PolishState::Group& group = state.group(g);
    for (const int out : group.units)
        for (const int in : state.unseated_at(group.slot)) {
            if (state.unit(in).size() != state.unit(out).size()) continue;
            Step::Part part = state.part(g);
            part.out = out;
            part.in = in;
            if (state.try_step(Step(part))) return true;
        }
    return false;
}

}  // namespace convene::moves
