// src/core/solve/polish/exchange.h: what moves and swaps have in common.
#pragma once
#include "core/solve/polish/polish_state.h"

namespace convene::moves {

/// Takes unit `out` of group a into b and, unless it is -1, `in` back: if that pays.
/// \param a_without  what a's people share without `out`
[[nodiscard]] bool exchange(PolishState& state, int a, int out, int b, int in, const Starts& a_without);

/// The units with one less, one more; -1: none.
[[nodiscard]] std::vector<int> exchanged(std::vector<int> units, int out, int in);

}  // namespace convene::moves
