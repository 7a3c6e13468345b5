// src/app/outcome_text.h: what the record of a run on Discord keeps.
#pragma once
#include <string>

#include "app/ports/realizer.h"

namespace convene {

/// JSON: counts, notes, addresses, and the failure if there was one.
[[nodiscard]] std::string outcome_text(const RealizationOutcome& outcome);

}  // namespace convene
