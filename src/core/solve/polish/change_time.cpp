#include "core/solve/polish/moves.h"

namespace convene::moves {

bool change_time(PolishState& state, int g) {
    const PolishState::Group& group = state.group(g);
    if (group.fixed) return false;
    for (const Attend& attend : state.unit(group.units.front()).attends) {
        if (attend.slot == group.slot) continue;
        if (state.instance().slots[static_cast<std::size_t>(attend.slot)].fixed >= 0) continue;
        Step::Part part = state.part(g);
        part.slot = attend.slot;
        if (state.try_step(Step(part))) return true;
    }
    return false;
}

}  // namespace convene::moves
