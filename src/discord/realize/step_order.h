// src/discord/realize/step_order.h: which steps wait for which, and whose turn comes first.
#pragma once
#include <cstddef>
#include <vector>

#include "discord/realize/step.h"

namespace convene::discord {

struct StepOrder {
    explicit StepOrder(const std::vector<Step>& steps);

    std::vector<std::vector<std::size_t>> waits_for;  ///< earlier steps, by index
    std::vector<std::size_t> turn;                    ///< the steps, most urgent first
};

}  // namespace convene::discord
