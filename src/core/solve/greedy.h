// src/core/solve/greedy.h: a first valid answer in a few milliseconds.
#pragma once
#include "core/solve/program.h"

namespace convene {

/// Fills free seats of fixed groups, then opens the fullest group that anybody can still lead, again
/// and again. Only units that are not special are placed, at slots open to all.
[[nodiscard]] Solution greedy(const Instance& instance);

}  // namespace convene
