#include "core/solve/polish/moves.h"

namespace convene::moves {
namespace {

bool merge(PolishState& state, int g, int other) {
    const PolishState::Group& a = state.group(g);
    const PolishState::Group& b = state.group(other);
    if (b.closed() || b.fixed || a.seated + b.seated > state.instance().most) return false;
    Step::Part to = state.part(other);
    to.takes = g;
    for (const Attend& attend : state.unit(a.units.front()).attends) {
        if (state.instance().slots[static_cast<std::size_t>(attend.slot)].fixed >= 0) continue;
        to.slot = attend.slot;
        for (const int leader : {b.leader, a.leader}) {
            to.leader = leader;
            if (state.try_step(Step(to))) return true;
        }
    }
    return false;
}

}  // namespace

bool merge_anew(PolishState& state, int g) {
    if (state.group(g).fixed) return false;
    for (int other = 0; other < state.size(); ++other)
        if (other != g && merge(state, g, other)) return true;
    return false;
}

}  // namespace convene::moves
