#include "storage/sql_cohort_store.h"

#include <algorithm>

#include "storage/queries.h"

namespace convene::storage {
namespace {

/// Ids of a change come from the snapshot it was made from; others are a mistake of the caller.
void require_groups_of(const CohortSnapshot& cohort, const CohortChanges& changes) {
    const auto require = [&](GroupId id) {
        const bool known = std::any_of(cohort.groups.begin(), cohort.groups.end(),
                                       [&](const GroupRow& group) { return group.group_id == id; });
        if (!known) {
            throw std::invalid_argument("group " + std::to_string(id.value) + " is not in cohort " +
                                        std::to_string(cohort.cohort.cohort_id.value));
        }
    };
    for (const auto& change : changes.members) require(change.group_id);
    for (const auto& change : changes.names) require(change.group_id);
    for (const auto& change : changes.times) require(change.group_id);
    for (const auto& change : changes.statuses) require(change.group_id);
    for (const auto& change : changes.pins) require(change.group_id);
}

std::int64_t work_key(CohortId cohort, std::string_view purpose) {
    return lock_key("work on cohort for " + std::string(purpose), cohort.value);
}

}  // namespace

std::vector<SchedulableCohort> SqlCohortStore::get_schedulable_cohorts() {
    std::vector<SchedulableCohort> cohorts;
    transactor_.run("get_schedulable_cohorts", TransactionMode::read,
                    [&](Connection& connection) { cohorts = select_schedulable_cohorts(connection); });
    return cohorts;
}

std::vector<RealizableCohort> SqlCohortStore::get_realizable_cohorts() {
    std::vector<RealizableCohort> cohorts;
    transactor_.run("get_realizable_cohorts", TransactionMode::read,
                    [&](Connection& connection) { cohorts = select_realizable_cohorts(connection); });
    return cohorts;
}

std::vector<CohortSummary> SqlCohortStore::list_cohorts() {
    std::vector<CohortSummary> summaries;
    transactor_.run("list_cohorts", TransactionMode::read,
                    [&](Connection& connection) { summaries = select_cohort_summaries(connection); });
    return summaries;
}

std::optional<CohortSnapshot> SqlCohortStore::load_cohort(CohortId cohort) {
    std::optional<CohortSnapshot> snapshot;
    transactor_.run("load_cohort", TransactionMode::read,
                    [&](Connection& connection) { snapshot = select_snapshot(connection, cohort); });
    return snapshot;
}

std::unique_ptr<CohortLock> SqlCohortStore::try_lock_cohort(CohortId cohort, std::string_view purpose) {
    try {
        return connection_.try_lock(work_key(cohort, purpose),
                                    std::string(purpose) + " of cohort " + std::to_string(cohort.value));
    } catch (const DatabaseError& error) {
        throw StoreFailure("try_lock_cohort", error.what(), Retry::safe);
    }
}

bool SqlCohortStore::is_cohort_locked(CohortId cohort, std::string_view purpose) {
    try {
        return connection_.is_locked(work_key(cohort, purpose));
    } catch (const DatabaseError& error) {
        throw StoreFailure("is_cohort_locked", error.what(), Retry::safe);
    }
}

RunId SqlCohortStore::begin_run(CohortId cohort, const RunRecord& run) {
    RunId id;
    transactor_.run("begin_run", TransactionMode::write,
                    [&](Connection& connection) { id = storage::begin_run(connection, cohort, run); });
    return id;
}

void SqlCohortStore::finish_run(const RunRecord& run) {
    transactor_.run("finish_run", TransactionMode::write,
                    [&](Connection& connection) { storage::finish_run(connection, run); });
}

void SqlCohortStore::forget_run(RunId run) {
    transactor_.run("forget_run", TransactionMode::write,
                    [&](Connection& connection) { storage::forget_run(connection, run); });
}

CommitResult SqlCohortStore::commit(const std::string& operation, const CohortSnapshot& expected,
                                    const CohortChanges& changes, Instant at,
                                    const std::function<std::int64_t(Connection&)>& write_record) {
    require_groups_of(expected, changes);
    CommitResult result;
    transactor_.run(operation, TransactionMode::write, [&](Connection& connection) {
        result = {};
        lock_cohort_rows(connection, expected.cohort.cohort_id);
        if (select_snapshot(connection, expected.cohort.cohort_id) != expected) {
            result.status = CommitStatus::stale;
            return;
        }
        result.new_groups = write_changes(connection, expected.cohort, changes, at);
        result.record_id = write_record(connection);
    });
    return result;
}

CommitResult SqlCohortStore::commit_schedule(const CohortSnapshot& expected, const CohortChanges& changes,
                                             const RunRecord& run) {
    return commit("commit_schedule", expected, changes, run.finished_at, [&](Connection& connection) {
        return write_run(connection, expected.cohort.cohort_id, run).value;
    });
}

CommitResult SqlCohortStore::commit_edit(const CohortSnapshot& expected, const CohortChanges& changes,
                                         const EditRecord& edit) {
    return commit("commit_edit", expected, changes, edit.made_at, [&](Connection& connection) {
        return write_edit(connection, expected.cohort.cohort_id, edit).value;
    });
}

std::vector<StoredEdit> SqlCohortStore::list_edits(CohortId cohort) {
    std::vector<StoredEdit> edits;
    transactor_.run("list_edits", TransactionMode::read,
                    [&](Connection& connection) { edits = select_edits(connection, cohort); });
    return edits;
}

std::vector<StoredRun> SqlCohortStore::list_runs(CohortId cohort) {
    std::vector<StoredRun> runs;
    transactor_.run("list_runs", TransactionMode::read,
                    [&](Connection& connection) { runs = select_runs(connection, cohort); });
    return runs;
}

ImportReport SqlCohortStore::import_cohort(const CohortImport& import) {
    ImportReport report;
    transactor_.run("import_cohort", TransactionMode::write,
                    [&](Connection& connection) { report = write_import(connection, import); });
    return report;
}

}  // namespace convene::storage
