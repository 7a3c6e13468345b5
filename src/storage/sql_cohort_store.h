// src/storage/sql_cohort_store.h: the CohortStore port over SQL.
#pragma once
#include "app/ports/cohort_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/transactor.h"

namespace convene::storage {

class SqlCohortStore : public CohortStore {
public:
    explicit SqlCohortStore(Connection& connection) : connection_(connection), transactor_(connection) {}

    std::vector<SchedulableCohort> get_schedulable_cohorts() override;
    std::vector<RealizableCohort> get_realizable_cohorts() override;
    std::vector<CohortSummary> list_cohorts() override;
    std::optional<CohortSnapshot> load_cohort(CohortId cohort) override;
    std::unique_ptr<CohortLock> try_lock_cohort(CohortId cohort, std::string_view purpose) override;
    bool is_cohort_locked(CohortId cohort, std::string_view purpose) override;
    RunId begin_run(CohortId cohort, const RunRecord& run) override;
    void finish_run(const RunRecord& run) override;
    void forget_run(RunId run) override;
    CommitResult commit_schedule(const CohortSnapshot& expected, const CohortChanges& changes,
                                 const RunRecord& run) override;
    CommitResult commit_edit(const CohortSnapshot& expected, const CohortChanges& changes,
                             const EditRecord& edit) override;
    std::vector<StoredEdit> list_edits(CohortId cohort) override;
    std::vector<StoredRun> list_runs(CohortId cohort) override;
    ImportReport import_cohort(const CohortImport& import) override;

private:
    CommitResult commit(const std::string& operation, const CohortSnapshot& expected,
                        const CohortChanges& changes, Instant at,
                        const std::function<std::int64_t(Connection&)>& write_record);

    Connection& connection_;
    Transactor transactor_;
};

}  // namespace convene::storage
