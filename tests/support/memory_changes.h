// tests/support/memory_changes.h: what commits and imports do to rows in memory.
#pragma once
#include <cstdint>
#include <vector>

#include "app/cohort_changes.h"
#include "app/records.h"

namespace convene::test {

/// \param last_key  the last key given out; raised for new rows
/// \returns the new groups, in order
std::vector<GroupId> apply(const CohortChanges& changes, CohortSnapshot& rows, std::int64_t& last_key);

/// People of the import into the rows; counts go to `report`.
void apply(const CohortImport& import, CohortSnapshot& rows, std::int64_t& last_key, ImportReport& report);

}  // namespace convene::test
