// tests/support/synthetic_cohort.h: cohorts of any size that look like real ones.
//
// For tests and benchmarks alike: needs no test framework, and the zones are handed in. The
// tiny cohorts of random_cohort.h mix all rules; these have plain rules and many people.
#pragma once
#include <cstdint>
#include <utility>

#include "core/time/zone_table.h"
#include "formats/cohort_file.h"

namespace convene::test {

struct SyntheticCohort {
    int participants = 100;
    int facilitators_per_hundred = 15;  ///< rounded up
    std::uint64_t seed = 1;
    /// Percent chance of a window per day, drawn per participant from this range, ends included; facilitators
    /// are freer by 15.
    std::pair<int, int> density = {20, 80};
    Date start_date = std::chrono::year(2025) / 2 / 17;  ///< a Monday; US clocks change in its third week
    int number_of_group_meetings = 8;
    /// One person in so many has no hours at all; 0: everybody has some.
    int one_without_hours_in = 30;
};

/// The same description gives the same cohort on every machine. People come from twelve
/// time zones, most from four; each is an evening, a weekend or a day-time person to some degree, with hours
/// on the half hour and often a few if-needed ones. Facilitators are freer, and lead 1 to 3
/// groups. Rows are shuffled; ids are p0, p1, … and f0, f1, …; e-mail and Discord id are unique.
[[nodiscard]] CohortFile synthetic_cohort(const SyntheticCohort& wanted, const ZoneTable& zones);

}  // namespace convene::test
