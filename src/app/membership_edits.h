// src/app/membership_edits.h: who sits in and who leads which group, changed.
#pragma once
#include <tl/expected.hpp>

#include "app/edit_draft.h"

namespace convene {

/// See GroupEditor::move. Faults: a leader of several groups, of whom nobody can say which one they leave.
[[nodiscard]] tl::expected<EditDraft, InputFaults> draft_move(const CohortSnapshot& cohort, UserId user,
                                                              const GroupRow& to, const ZoneTable& zones,
                                                              Instant now);
/// See GroupEditor::remove. \param from  null: the one they are in
[[nodiscard]] tl::expected<EditDraft, InputFaults> draft_remove(const CohortSnapshot& cohort, UserId user,
                                                                const GroupRow* from);
/// See GroupEditor::lead. Where the cohort's groups keep their facilitator's time, this one follows its
/// new facilitator's zone.
[[nodiscard]] EditDraft draft_lead(const CohortSnapshot& cohort, UserId user, const GroupRow& group,
                                   const ZoneTable& zones, Instant now);

}  // namespace convene
