// src/app/remaining_text.h: how long a realization will still take, in words.
#pragma once
#include <string>

#include "app/ports/realizer.h"

namespace convene {

/// `, about 40 s left` or `, about 3 min left`; empty while nobody knows, and at the end.
[[nodiscard]] std::string remaining_text(const RealizationProgress& progress);

}  // namespace convene
