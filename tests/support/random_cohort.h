// tests/support/random_cohort.h: tiny cohorts with all rules mixed, drawn by number.
#pragma once
#include <cstdint>

#include "core/model/problem.h"

namespace convene::test {

/// The same number gives the same cohort on every machine. At most 8 participants, 3 facilitators and a
/// few hours that several people share, so that brute_force() answers in milliseconds. Drawn in:
/// every anchor, both fits, clock changes, together and apart (facilitators too), groups that exist
/// already (with stored meetings, or older than today's rules), leave, outside load, bookings, buffer,
/// count_facilitator, use_if_needed off, and cohorts without facilitators.
[[nodiscard]] ProblemInput random_cohort(std::uint64_t number);

}  // namespace convene::test
