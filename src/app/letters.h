// src/app/letters.h: explanations in words fit to send to the person they are about.
//
// They name nobody else and tell nobody else's hours.
#pragma once
#include <string>

#include "app/explain_cohort.h"

namespace convene {

/// A few sentences, from greeting to what the person can do. `explanation.letter` is not looked at.
[[nodiscard]] std::string letter_to(const PersonExplanation& explanation, const CohortRow& cohort);

}  // namespace convene
