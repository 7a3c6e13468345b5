// tests/support/platform_database.h: a database as the course platform left it.
//
// PostgreSQL with native enums, a hundred users, two cohorts, tables, columns,
// indexes and triggers that convene knows nothing of, and nothing of convene's.
#pragma once
#include <string>

namespace convene::test {

/// Fills the empty database at `url`. Cohort 1 `AI Safety - Jan 2025` (60 days) has 60 people awaiting
/// grouping, four of them facilitators (one uncertified); cohort 2 `AI Safety - Mar 2025` (57 days, active)
/// has two running groups of six that facilitators of cohort 1 lead. Availability of every third user is
/// in the older UTC columns only.
void make_platform_database(const std::string& url);

}  // namespace convene::test
