// tests/support/memory_store.h: a CohortStore in memory that fails on request.
//
//     MemoryStore store;
//     CohortId cohort = store.add_cohort("Spring");
//     store.add_participant(cohort, "p1", "Europe/London", "Tue 18:00-20:00");
//     store.fail_next("commit_schedule", Retry::safe);
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/clock.h"
#include "app/ports/cohort_store.h"

namespace convene::test {

/// A clock that stands still until it is set.
class SetClock : public Clock {
public:
    explicit SetClock(Instant now) : now_(now) {}
    [[nodiscard]] Instant now() const override { return now_; }
    void set(Instant now) { now_ = now; }

private:
    Instant now_;
};

class MemoryStore : public CohortStore {
public:
    MemoryStore() = default;
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;

    /// 8 weekly meetings of 60 minutes from Wednesday 2025-01-15, default rules.
    CohortId add_cohort(std::string name);
    /// Signed up and awaiting grouping; `hours` as in tiny_cohort.h. The reference is also the nickname.
    UserId add_participant(CohortId cohort, std::string reference, std::string zone, std::string_view hours,
                           std::string_view if_needed = "");
    /// Likewise, certified.
    UserId add_facilitator(CohortId cohort, std::string reference, std::string zone, std::string_view hours,
                           std::optional<int> max_active_groups = std::nullopt);
    /// A group in UTC with its meetings: `add_group(cohort, "Group 1", "Tue 18:00", f1, {p1, p2})`. Members
    /// become grouped. A facilitator of value 0: self-led.
    GroupId add_group(CohortId cohort, std::string name, std::string_view start, UserId facilitator,
                      const std::vector<UserId>& participants);

    /// The rows themselves, for what has no function here.
    CohortSnapshot& rows(CohortId cohort) { return cohorts_.at(cohort); }
    SignupRow& signup(CohortId cohort, UserId user);
    GroupRow& group(CohortId cohort, GroupId group);

    /// The next call of that name throws and has done nothing (`unknown`: throws and has done it).
    void fail_next(std::string operation, Retry retry) { failures_[std::move(operation)] = retry; }
    /// Runs at the beginning of every commit: what somebody else does at that moment.
    std::function<void()> before_commit;
    /// As if another process worked on the cohort.
    void hold_lock(CohortId cohort, std::string_view purpose);

    [[nodiscard]] int commits() const noexcept { return commits_; }

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
    using LockKey = std::pair<std::int64_t, std::string>;

    /// Runs `work`, failing before or after it where a test asked for that.
    template <class Work>
    auto guarded(const std::string& operation, Work&& work);
    CommitResult commit(const CohortSnapshot& expected, const CohortChanges& changes,
                        const std::function<std::int64_t()>& record);
    UserId add_signup(CohortId cohort, std::string reference, std::string zone, std::string_view hours,
                      std::string_view if_needed, Role role);
    [[nodiscard]] bool in_running_group(const CohortSnapshot& cohort, UserId user) const;
    void add_outside(CohortSnapshot& snapshot) const;

    std::map<CohortId, CohortSnapshot> cohorts_;
    std::map<std::string, Retry> failures_;
    std::set<LockKey> locks_;
    std::vector<StoredRun> runs_;
    std::vector<StoredEdit> edits_;
    std::int64_t last_key_ = 0;
    int commits_ = 0;
};

/// A schema that migrates when told.
class MemorySchema : public SchemaManager {
public:
    MigrationStatus status() override;
    std::vector<std::string> migrate() override;

private:
    bool migrated_ = false;
};

}  // namespace convene::test
