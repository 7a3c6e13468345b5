#include "app/queries/runs.h"

#include <set>
#include <string_view>

#include "core/model/plan.h"

namespace convene {
namespace {

/// Whoever works on Discord holds the same lock.
std::string_view lock_of(std::string_view kind) {
    return kind == "schedule" ? "schedule" : "realize";
}

}  // namespace

std::vector<StoredRun> list_runs(CohortStore& store, CohortId cohort) {
    std::vector<StoredRun> runs = store.list_runs(cohort);
    std::set<std::string_view> newer;  // of the runs that share a lock only the latest can be alive
    for (StoredRun& stored : runs) {
        const std::string_view lock = lock_of(stored.run.kind);
        const bool latest = newer.insert(lock).second;
        if (stored.run.status != kRunning) continue;
        if (!latest || !store.is_cohort_locked(cohort, lock)) stored.run.status = kCrashed;
    }
    return runs;
}

bool has_ended(const RunRecord& run) noexcept {
    return run.status != kRunning && run.status != kCrashed;
}

bool wrote_plan(std::string_view status) noexcept {
    return status == to_string(PlanStatus::optimal) || status == to_string(PlanStatus::feasible);
}

}  // namespace convene
