// src/app/ports/cohort_store.h: what the use cases need from a database.
//
// Implemented for SQLite and PostgreSQL in storage/, in memory in
// tests/support/. Each call is one transaction: it has happened wholly or not
// at all when it returns or throws. One store belongs to one thread at a
// time; open another for another thread.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cohort_changes.h"
#include "app/cohort_snapshot.h"
#include "app/failure.h"
#include "app/records.h"

namespace convene {

/// Held while one process works on a cohort; released when destroyed, and by
/// the operating system or the server when the process dies.
class CohortLock {
public:
    virtual ~CohortLock() = default;
};

enum class CommitStatus {
    written,
    stale,  ///< the database no longer says what the snapshot says; nothing was written
};

struct CommitResult {
    CommitStatus status = CommitStatus::written;
    std::vector<GroupId> new_groups;  ///< in the order of CohortChanges::new_groups
    std::int64_t record_id = 0;       ///< key of the run or edit
};

/// Every call throws StoreFailure when the database fails.
class CohortStore {
public:
    virtual ~CohortStore() = default;

    /// Cohorts with people awaiting grouping, by id. Of active cohorts only.
    [[nodiscard]] virtual std::vector<SchedulableCohort> get_schedulable_cohorts() = 0;
    /// Cohorts with running groups that have no Discord channels yet, by id.
    [[nodiscard]] virtual std::vector<RealizableCohort> get_realizable_cohorts() = 0;
    /// All cohorts with their counts, by id.
    [[nodiscard]] virtual std::vector<CohortSummary> list_cohorts() = 0;

    [[nodiscard]] virtual std::optional<CohortSnapshot> load_cohort(CohortId cohort) = 0;

    /// Null when another process holds it. `purpose`: `schedule`, `realize`, ….
    [[nodiscard]] virtual std::unique_ptr<CohortLock> try_lock_cohort(CohortId cohort,
                                                                      std::string_view purpose) = 0;

    /// Whether anybody holds it; does not disturb who tries to take it.
    [[nodiscard]] virtual bool is_cohort_locked(CohortId cohort, std::string_view purpose) = 0;

    /// Before the work: writes the record with status kRunning, so that a run that dies is not forgotten.
    /// \returns its key, value 0 when there is no such cohort
    [[nodiscard]] virtual RunId begin_run(CohortId cohort, const RunRecord& run) = 0;
    /// Afterwards: options, result, status and finished_at of `run.run_id`, unless it has ended already.
    virtual void finish_run(const RunRecord& run) = 0;
    /// Takes the record of a run back that has not ended: what was asked for turned out to be impossible.
    virtual void forget_run(RunId run) = 0;

    /// Verifies under lock that load_cohort would still give `expected`, then
    /// writes the changes and the record (of a run begun before: finishes it), all in one transaction.
    [[nodiscard]] virtual CommitResult commit_schedule(const CohortSnapshot& expected,
                                                       const CohortChanges& changes,
                                                       const RunRecord& run) = 0;
    [[nodiscard]] virtual CommitResult commit_edit(const CohortSnapshot& expected,
                                                   const CohortChanges& changes, const EditRecord& edit) = 0;

    /// Newest first; undone ones and undo edits are marked.
    [[nodiscard]] virtual std::vector<StoredEdit> list_edits(CohortId cohort) = 0;
    [[nodiscard]] virtual std::vector<StoredRun> list_runs(CohortId cohort) = 0;

    /// Creates what is missing and updates what is there (course by name, cohort
    /// by id or name, people by their reference in this cohort, else by Discord
    /// id, else by e-mail without regard to case); running it again with the same input changes nothing.
    [[nodiscard]] virtual ImportReport import_cohort(const CohortImport& import) = 0;
};

/// Versioned schema (see docs/storage.md).
struct MigrationStatus {
    int version = 0;                   ///< of the database, 0 without convene's tables
    int latest = 0;                    ///< that this program knows
    bool adoptable = false;            ///< the platform's tables are there, convene's are not
    std::vector<std::string> pending;  ///< one line each, in order
};

class SchemaManager {
public:
    virtual ~SchemaManager() = default;
    [[nodiscard]] virtual MigrationStatus status() = 0;
    /// Creates, upgrades or adopts; safe to run twice, and at once from two
    /// processes. \returns what it did, one line each; empty when nothing was to do
    virtual std::vector<std::string> migrate() = 0;
};

}  // namespace convene
