// src/app/postpone_meetings.h: one week of a group is off, or its meeting is at another time.
//
// The weekly time stays what it is. docs/decisions/120 says why there are two ways.
#pragma once
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "app/edit_draft.h"

namespace convene {

struct Postponement {
    int week = 0;  ///< number of the meeting, from 1
    /// `Thursday 18:00`: the first such time after the meeting's own; `2025-02-06 18:00`: that day; both in
    /// the group's anchor zone. `2025-02-06T17:00:00Z`: that instant. That meeting alone moves. Empty: it
    /// and all later ones, by whole weeks.
    std::optional<std::string> to;
    int weeks = 1;
};

/// Objections are R3 and R6 for the meetings that move: who could come then and cannot now, and other
/// meetings of the facilitator. Faults: no such meeting, one that has begun, a new time that is past,
/// or one that would come before the meeting before it or after the one after it.
[[nodiscard]] tl::expected<EditDraft, InputFaults> draft_postpone(const CohortSnapshot& cohort,
                                                                  const GroupRow& group,
                                                                  const Postponement& wish,
                                                                  const ZoneTable& zones, Instant now);

}  // namespace convene
