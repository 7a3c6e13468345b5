// tests/support/hard_cohort.h: cohorts that keep the solver busy.
#pragma once
#include <string>

namespace convene::test {

/// A cohort file, `Hard <number>`: people with few hours, on a fine grid, and so many pairs `apart` who must
/// not meet. The same numbers give the same cohort on every machine, and no person is in two of them. One
/// facilitator for fourteen participants. From 300 participants on, no search of half a minute proves its
/// plan.
[[nodiscard]] std::string hard_cohort(int number, int participants, int apart);

}  // namespace convene::test
