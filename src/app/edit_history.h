// src/app/edit_history.h: which edit is taken back next, and which is done again.
//
// Nothing is ever deleted: an undo is an edit that names the edit it takes back, and a redo
// is an edit that takes back an undo. So both survive restarts and are seen by everybody.
#pragma once
#include <tl/expected.hpp>
#include <vector>

#include "app/edit_draft.h"
#include "app/records.h"

namespace convene {

/// The latest edit or redo that still stands; null when there is none. \param edits  newest first
[[nodiscard]] const StoredEdit* edit_to_undo(const std::vector<StoredEdit>& edits);
/// The latest undo that still stands, unless somebody made another edit since; null likewise.
[[nodiscard]] const StoredEdit* edit_to_redo(const std::vector<StoredEdit>& edits);

/// Takes this edit back. It carries an objection when what the edit changed was changed again since, and
/// when it would move a meeting that has begun, or one into the past. Faults: its record cannot be read.
[[nodiscard]] tl::expected<EditDraft, InputFaults> draft_undo(const CohortSnapshot& cohort,
                                                              const StoredEdit& edit, Instant now);
/// Takes an undo back.
[[nodiscard]] tl::expected<EditDraft, InputFaults> draft_redo(const CohortSnapshot& cohort,
                                                              const StoredEdit& undo, Instant now);

}  // namespace convene
