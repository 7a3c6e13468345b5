#include "core/solve/polish/polish.h"

#include <array>
#include <span>
#include <utility>

#include "core/solve/polish/moves.h"

namespace convene {
namespace {

using Move = bool (*)(PolishState&, int);

void repeat(PolishState& state, std::span<const Move> moves) {
    bool improved = true;
    while (improved && !state.stopped()) {
        improved = false;
        for (int g = 0; g < state.size(); ++g)
            for (const Move move : moves)
                while (!state.stopped() && !state.group(g).closed() && move(state, g)) improved = true;
    }
}

}  // namespace

Solution polish(const Instance& instance, Solution solution, const std::function<bool()>& should_stop) {
    using namespace moves;
    PolishState state(instance, std::move(solution), should_stop);
    // First everybody's load is spread; then no single change may be left that pays to the letter of O3 and
    // O4. Changes of whole groups come last, as they block the way of the others.
    repeat(state, std::array<Move, 4>{move_unit, swap_units, merge_groups, spread_load});
    repeat(state, std::array<Move, 5>{move_unit, swap_units, merge_groups, change_leader, replace_unit});
    repeat(state, std::array<Move, 8>{move_unit, swap_units, merge_groups, change_leader, replace_unit,
                                      swap_leaders, merge_anew, change_time});
    return state.take();
}

}  // namespace convene
