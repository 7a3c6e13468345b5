// src/app/moved_meetings.h: what speaks against single meetings at other times.
#pragma once
#include <tl/expected.hpp>
#include <vector>

#include "app/cohort_changes.h"
#include "core/model/input_fault.h"
#include "core/rules/check_plan.h"
#include "core/time/zone_table.h"

namespace convene {

/// Finer than the judge of edits, which names the first meeting that somebody misses: only what becomes worse
/// counts, meeting by meeting:
/// a member who was free at the old time of a meeting and is not at the new one (R3), and another
/// meeting of the group's facilitator, in any running cohort, that the new time comes too near to (R6).
[[nodiscard]] tl::expected<std::vector<Violation>, InputFaults> moved_meeting_violations(
    const CohortSnapshot& cohort, const GroupRow& group, const TimeChange& change, const ZoneTable& zones);

}  // namespace convene
