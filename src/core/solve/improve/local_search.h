// src/core/solve/improve/local_search.h: good answers fast, before and beside the proof.
#pragma once
#include <cstdint>
#include <functional>

#include "core/solve/program.h"

namespace convene {

struct LocalSearchRequest {
    std::uint64_t seed = 0;
    long work = 0;      ///< how much to do, in attends looked at: the same on every machine
    int threshold = 0;  ///< how much worse, in SeatingFlow::value(), is accepted at first
    std::function<bool()> should_stop;
};

/// Opens, closes and moves groups and changes who leads them, accepting what is a little worse at first and
/// less and less later (threshold accepting, Dueck and Scheuer 1990); people are seated anew after each
/// change. Special units are left out. \param start  where to begin; its special units are dropped \returns
/// the best that was met, never worse than `start` in (placed, if-needed)
[[nodiscard]] Solution local_search(const Instance& instance, const Program& program, const Solution& start,
                                    const LocalSearchRequest& request);

}  // namespace convene
