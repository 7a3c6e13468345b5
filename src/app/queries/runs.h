// src/app/queries/runs.h: what was run on a cohort, and what became of it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/cohort_store.h"

namespace convene {

/// Status of a run whose process died: its record was begun and nobody works on it any more.
inline constexpr const char* kCrashed = "crashed";
/// Status of a realize or archive that looked and found everything as it should be.
inline constexpr const char* kNothingToDo = "nothing_to_do";

/// Newest first, as CohortStore::list_runs gives them; of those still kRunning, only one that
/// somebody is at is called so, the others kCrashed.
[[nodiscard]] std::vector<StoredRun> list_runs(CohortStore& store, CohortId cohort);

/// Whether the run has an end, good or bad.
[[nodiscard]] bool has_ended(const RunRecord& run) noexcept;

/// Whether a schedule of this status wrote a plan: its groups are in the database. The record itself is there
/// from the beginning and tells of no plan before.
[[nodiscard]] bool wrote_plan(std::string_view status) noexcept;

}  // namespace convene
