// src/core/solve/thin.h: a small part of a large Instance that often holds a best answer.
#pragma once
#include "core/solve/instance.h"

namespace convene {

/// Keeps, of every unit's slots, only some of those that cost the least, spread over the week, and of
/// every leader's, some that do not exclude each other. Numbers of slots, units and
/// leaders stay, so that an answer to the part is an answer to the whole.
[[nodiscard]] Instance thin_out(const Instance& instance, std::size_t slots_per_unit);

/// Members on if-needed time in any plan that places every unit, at least.
[[nodiscard]] int least_cost(const Instance& instance);

}  // namespace convene
