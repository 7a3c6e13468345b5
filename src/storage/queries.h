// src/storage/queries.h: the pieces of which the store's transactions are made.
//
// Each takes a connection inside a transaction and may throw DatabaseError,
// BadValue or StoreFailure; the stores wrap them.
#pragma once
#include <optional>
#include <vector>

#include "app/cohort_changes.h"
#include "app/ports/cohort_store.h"
#include "app/ports/realization_store.h"
#include "storage/sql/connection.h"

namespace convene::storage {

[[nodiscard]] std::vector<SchedulableCohort> select_schedulable_cohorts(Connection& connection);
[[nodiscard]] std::vector<RealizableCohort> select_realizable_cohorts(Connection& connection);
[[nodiscard]] std::vector<CohortSummary> select_cohort_summaries(Connection& connection);

[[nodiscard]] std::optional<CohortSnapshot> select_snapshot(Connection& connection, CohortId cohort);

/// Holds off everybody who could change what a snapshot says of groups and
/// sign-ups, the platform included, until the transaction ends.
void lock_cohort_rows(Connection& connection, CohortId cohort);

/// \param at  when it happens, for joined_at, left_at, updated_at and attempts
/// \returns the new groups' ids, in order
[[nodiscard]] std::vector<GroupId> write_changes(Connection& connection, const CohortRow& cohort,
                                                 const CohortChanges& changes, Instant at);
/// Value 0 when there is no such cohort.
[[nodiscard]] RunId begin_run(Connection& connection, CohortId cohort, RunRecord run);
void finish_run(Connection& connection, const RunRecord& run);
void forget_run(Connection& connection, RunId run);
/// Of a run begun before: finishes it.
[[nodiscard]] RunId write_run(Connection& connection, CohortId cohort, const RunRecord& run);
[[nodiscard]] EditId write_edit(Connection& connection, CohortId cohort, const EditRecord& edit);
[[nodiscard]] std::vector<StoredRun> select_runs(Connection& connection, CohortId cohort);
[[nodiscard]] std::vector<StoredEdit> select_edits(Connection& connection, CohortId cohort);

/// Replaces the cohort's settings.
void write_settings(Connection& connection, CohortId cohort, const CohortSettings& settings);
[[nodiscard]] ImportReport write_import(Connection& connection, const CohortImport& import);

[[nodiscard]] std::optional<CohortRealization> select_realization(Connection& connection, CohortId cohort);

}  // namespace convene::storage
