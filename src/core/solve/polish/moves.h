// src/core/solve/polish/moves.h: the changes that even groups out, each in a file of its own.
//
// Every function proposes steps around group `g`, which has members; the first that pays is made and true
// returned. What pays is no concern of theirs (PolishState::try_step()).
#pragma once
#include "core/solve/polish/polish_state.h"

namespace convene::moves {

/// A unit goes to another group.
[[nodiscard]] bool move_unit(PolishState& state, int g);
/// Two units of two groups change places.
[[nodiscard]] bool swap_units(PolishState& state, int g);
/// Somebody unplaced takes the seat of somebody placed: for more spare starts.
[[nodiscard]] bool replace_unit(PolishState& state, int g);
/// The group joins another one and is given up.
[[nodiscard]] bool merge_groups(PolishState& state, int g);
/// The same at any time that suits both, led by either's facilitator.
[[nodiscard]] bool merge_anew(PolishState& state, int g);
/// Somebody else leads the group who is less full then than its leader is now, even if no preference asks
/// for that: O4 looks at the fullest only.
[[nodiscard]] bool spread_load(PolishState& state, int g);
/// Somebody else leads the group, to the letter of O4.
[[nodiscard]] bool change_leader(PolishState& state, int g);
/// The facilitators of two groups change places.
[[nodiscard]] bool swap_leaders(PolishState& state, int g);
/// The group meets at another time.
[[nodiscard]] bool change_time(PolishState& state, int g);

}  // namespace convene::moves
