// src/core/solve/polish/moves.h: the changes that even groups out, each in a file of its own.
//
// Every function looks for one change around group `g` that improves O2, O3 or
// O4, in that order, at no cost to those before; makes the first it finds and returns true, or returns false.
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
/// Somebody else leads the group who is less full then than its leader is now: spreads load.
[[nodiscard]] bool spread_load(PolishState& state, int g);
/// Somebody else leads the group, to the letter of O4: the fullest facilitator less full, or more spare
/// starts.
[[nodiscard]] bool change_leader(PolishState& state, int g);

}  // namespace convene::moves
