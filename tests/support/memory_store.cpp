#include "tests/support/memory_store.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "app/queries/people.h"
#include "core/time/meeting_series.h"
#include "formats/availability.h"
#include "tests/support/memory_changes.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

class MemoryLock : public CohortLock {
public:
    explicit MemoryLock(std::function<void()> release) : release_(std::move(release)) {}
    ~MemoryLock() override { release_(); }

private:
    std::function<void()> release_;
};

}  // namespace

template <class Work>
auto MemoryStore::guarded(const std::string& operation, Work&& work) {
    const auto failure = failures_.extract(operation);
    if (failure.empty()) return work();
    if (failure.mapped() == Retry::unknown) (void)work();
    throw StoreFailure(operation, "the test wanted it to fail", failure.mapped());
}

CohortId MemoryStore::add_cohort(std::string name) {
    const CohortId id{++last_key_};
    CohortRow& row = cohorts_[id].cohort;
    row.cohort_id = id;
    row.cohort_name = std::move(name);
    row.course_name = "Course";
    row.start_date = date("2025-01-15");
    row.number_of_group_meetings = 8;
    return id;
}

UserId MemoryStore::add_signup(CohortId cohort, std::string reference, std::string zone,
                               std::string_view hours_text, std::string_view if_needed, Role role) {
    SignupRow signup;
    signup.user_id = UserId{++last_key_};
    signup.signup_id = SignupId{++last_key_};
    signup.nickname = reference;
    signup.reference = std::move(reference);
    signup.timezone = std::move(zone);
    signup.availability_local = to_availability_json(hours(hours_text));
    signup.if_needed_availability_local = to_availability_json(hours(if_needed));
    signup.role = role;
    signup.certified = role == Role::facilitator;
    cohorts_.at(cohort).signups.push_back(signup);
    return signup.user_id;
}

UserId MemoryStore::add_participant(CohortId cohort, std::string reference, std::string zone,
                                    std::string_view hours_text, std::string_view if_needed) {
    return add_signup(cohort, std::move(reference), std::move(zone), hours_text, if_needed,
                      Role::participant);
}

UserId MemoryStore::add_facilitator(CohortId cohort, std::string reference, std::string zone,
                                    std::string_view hours_text, std::optional<int> max_active_groups) {
    const UserId user =
        add_signup(cohort, std::move(reference), std::move(zone), hours_text, "", Role::facilitator);
    signup(cohort, user).max_active_groups = max_active_groups;
    return user;
}

GroupId MemoryStore::add_group(CohortId cohort, std::string name, std::string_view start, UserId facilitator,
                               const std::vector<UserId>& participants) {
    CohortSnapshot& rows = cohorts_.at(cohort);
    const WeeklyStart weekly = weekly_start(start);
    NewGroup group;
    group.group_name = std::move(name);
    group.recurring_meeting_time_utc = to_string(weekly);
    group.anchor = "UTC";
    group.anchor_start = to_string(weekly);
    group.meetings =
        meeting_instants(*utc_zone(), weekly, rows.cohort.start_date, rows.cohort.number_of_group_meetings);
    group.facilitator = facilitator;
    group.participants = participants;
    CohortChanges changes;
    changes.new_groups.push_back(group);
    const GroupId id = apply(changes, rows, last_key_).front();
    for (const MembershipRow& member : this->group(cohort, id).members) {
        for (SignupRow& row : rows.signups)
            if (row.user_id == member.user_id) row.grouping_status = GroupingStatus::grouped;
    }
    return id;
}

SignupRow& MemoryStore::signup(CohortId cohort, UserId user) {
    for (SignupRow& row : cohorts_.at(cohort).signups) {
        if (row.user_id == user) return row;
    }
    throw std::invalid_argument("nobody signed up as user " + std::to_string(user.value));
}

GroupRow& MemoryStore::group(CohortId cohort, GroupId group) {
    for (GroupRow& row : cohorts_.at(cohort).groups) {
        if (row.group_id == group) return row;
    }
    throw std::invalid_argument("no group " + std::to_string(group.value));
}

void MemoryStore::hold_lock(CohortId cohort, std::string_view purpose) {
    locks_.emplace(cohort.value, purpose);
}

bool MemoryStore::in_running_group(const CohortSnapshot& cohort, UserId user) const {
    for (const GroupRow& group : cohort.groups) {
        if (!is_running(group)) continue;
        for (const MembershipRow& member : group.members)
            if (member.user_id == user && member.status == MembershipStatus::active) return true;
    }
    return false;
}

std::vector<SchedulableCohort> MemoryStore::get_schedulable_cohorts() {
    return guarded("get_schedulable_cohorts", [&] {
        std::vector<SchedulableCohort> found;
        for (const CohortSummary& summary : list_cohorts()) {
            if (summary.status == CohortStatus::active && summary.awaiting > 0)
                found.push_back({summary.cohort_id, summary.cohort_name, summary.awaiting});
        }
        return found;
    });
}

std::vector<RealizableCohort> MemoryStore::get_realizable_cohorts() {
    return guarded("get_realizable_cohorts", [&] {
        std::vector<RealizableCohort> found;
        for (const CohortSummary& summary : list_cohorts()) {
            if (summary.status == CohortStatus::active && summary.groups > summary.realized)
                found.push_back({summary.cohort_id, summary.cohort_name, summary.groups - summary.realized});
        }
        return found;
    });
}

std::vector<CohortSummary> MemoryStore::list_cohorts() {
    return guarded("list_cohorts", [&] {
        std::vector<CohortSummary> all;
        for (const auto& [id, rows] : cohorts_) {
            CohortSummary summary{id, rows.cohort.cohort_name, rows.cohort.course_name,
                                  rows.cohort.start_date, rows.cohort.status};
            for (const SignupRow& signup : rows.signups) {
                if (signup.grouping_status == GroupingStatus::grouped ||
                    in_running_group(rows, signup.user_id)) {
                    ++summary.grouped;
                } else {
                    if (signup.grouping_status == GroupingStatus::awaiting_grouping) {
                        ++summary.awaiting;
                    } else if (signup.role == Role::participant) {
                        ++summary.ungroupable;
                    }
                }
            }
            summary.groups =
                static_cast<int>(std::count_if(rows.groups.begin(), rows.groups.end(), is_running));
            all.push_back(summary);
        }
        return all;
    });
}

std::optional<CohortSnapshot> MemoryStore::load_cohort(CohortId cohort) {
    return guarded("load_cohort", [&]() -> std::optional<CohortSnapshot> {
        const auto found = cohorts_.find(cohort);
        if (found == cohorts_.end()) return std::nullopt;
        CohortSnapshot snapshot = found->second;
        add_outside(snapshot);
        return snapshot;
    });
}

/// What the cohort's facilitators lead in other running cohorts.
void MemoryStore::add_outside(CohortSnapshot& snapshot) const {
    std::map<UserId, int> loads;
    for (const auto& [id, other] : cohorts_) {
        if (id == snapshot.cohort.cohort_id || other.cohort.status != CohortStatus::active) continue;
        for (const GroupRow& group : other.groups) {
            if (!is_running(group)) continue;
            for (const MembershipRow& member : group.members) {
                const SignupRow* signup = signup_of(snapshot, member.user_id);
                const bool leads = signup != nullptr && signup->role == Role::facilitator &&
                                   member.role == Role::facilitator &&
                                   member.status == MembershipStatus::active;
                if (!leads) continue;
                ++loads[member.user_id];
                for (const MeetingRow& meeting : group.meetings) {
                    snapshot.outside_bookings.push_back(
                        {member.user_id, meeting.scheduled_time, other.cohort.settings.meeting_minutes});
                }
            }
        }
    }
    for (const auto& [user, groups] : loads) snapshot.outside_loads.push_back({user, groups});
    std::sort(snapshot.outside_bookings.begin(), snapshot.outside_bookings.end(),
              [](const auto& a, const auto& b) {
                  return std::tie(a.user_id, a.start, a.minutes) < std::tie(b.user_id, b.start, b.minutes);
              });
}

std::unique_ptr<CohortLock> MemoryStore::try_lock_cohort(CohortId cohort, std::string_view purpose) {
    return guarded("try_lock_cohort", [&]() -> std::unique_ptr<CohortLock> {
        LockKey key(cohort.value, purpose);
        if (!locks_.insert(key).second) return nullptr;
        return std::make_unique<MemoryLock>([this, key] { locks_.erase(key); });
    });
}

bool MemoryStore::is_cohort_locked(CohortId cohort, std::string_view purpose) {
    return locks_.contains(LockKey(cohort.value, purpose));
}

RunId MemoryStore::begin_run(CohortId cohort, const RunRecord& run) {
    return guarded("begin_run", [&] {
        if (!cohorts_.contains(cohort)) return RunId{};
        RunRecord begun = run;
        begun.run_id = RunId{++last_key_};
        begun.status = kRunning;
        begun.finished_at = run.started_at;
        runs_.push_back({begun.run_id, cohort, begun});
        return begun.run_id;
    });
}

void MemoryStore::finish_run(const RunRecord& run) {
    guarded("finish_run", [&] {
        for (StoredRun& stored : runs_)
            if (stored.run_id == run.run_id && stored.run.status == kRunning) stored.run = run;
        return true;
    });
}

void MemoryStore::forget_run(RunId run) {
    guarded("forget_run", [&] {
        std::erase_if(runs_, [&](const StoredRun& stored) {
            return stored.run_id == run && stored.run.status == kRunning;
        });
        return true;
    });
}

CommitResult MemoryStore::commit(const CohortSnapshot& expected, const CohortChanges& changes,
                                 const std::function<std::int64_t()>& record) {
    ++commits_;
    if (before_commit) before_commit();
    const CohortId cohort = expected.cohort.cohort_id;
    if (load_cohort(cohort) != expected) return {CommitStatus::stale, {}, 0};
    CommitResult result;
    CohortSnapshot changed = cohorts_.at(cohort);
    result.new_groups = apply(changes, changed, last_key_);
    cohorts_.at(cohort) = std::move(changed);
    result.record_id = record();
    return result;
}

CommitResult MemoryStore::commit_schedule(const CohortSnapshot& expected, const CohortChanges& changes,
                                          const RunRecord& run) {
    return guarded("commit_schedule", [&] {
        return commit(expected, changes, [&] {
            for (StoredRun& stored : runs_) {
                if (run.run_id.value == 0 || stored.run_id != run.run_id) continue;
                stored.run = run;
                return run.run_id.value;
            }
            runs_.push_back({RunId{++last_key_}, expected.cohort.cohort_id, run});
            return last_key_;
        });
    });
}

CommitResult MemoryStore::commit_edit(const CohortSnapshot& expected, const CohortChanges& changes,
                                      const EditRecord& edit) {
    return guarded("commit_edit", [&] {
        return commit(expected, changes, [&] {
            for (StoredEdit& earlier : edits_)
                if (edit.undoes == earlier.edit_id) earlier.undone = true;
            edits_.push_back({EditId{++last_key_}, expected.cohort.cohort_id, edit, false});
            return last_key_;
        });
    });
}

std::vector<StoredEdit> MemoryStore::list_edits(CohortId cohort) {
    return guarded("list_edits", [&] {
        std::vector<StoredEdit> found;
        for (auto edit = edits_.rbegin(); edit != edits_.rend(); ++edit)
            if (edit->cohort_id == cohort) found.push_back(*edit);
        return found;
    });
}

std::vector<StoredRun> MemoryStore::list_runs(CohortId cohort) {
    return guarded("list_runs", [&] {
        std::vector<StoredRun> found;
        for (auto run = runs_.rbegin(); run != runs_.rend(); ++run)
            if (run->cohort_id == cohort) found.push_back(*run);
        return found;
    });
}

ImportReport MemoryStore::import_cohort(const CohortImport& import) {
    return guarded("import_cohort", [&] {
        ImportReport report;
        CohortSnapshot* rows = nullptr;
        for (auto& [id, candidate] : cohorts_) {
            const bool meant =
                import.into ? id == *import.into : candidate.cohort.cohort_name == import.cohort_name;
            if (meant) rows = &candidate;
        }
        if (rows == nullptr) {
            if (import.into) throw StoreFailure("import_cohort", "there is no such cohort", Retry::useless);
            rows = &cohorts_.at(add_cohort(import.cohort_name));
            report.cohort_created = true;
        }
        report.cohort_id = rows->cohort.cohort_id;
        if (import.settings_given) {
            rows->cohort.course_name = import.course_name;
            rows->cohort.start_date = import.start_date;
            rows->cohort.number_of_group_meetings = import.number_of_group_meetings;
            rows->cohort.settings = import.settings;
        }
        apply(import, *rows, last_key_, report);
        const auto users = [&](const std::vector<std::vector<std::string>>& sets) {
            std::vector<std::vector<UserId>> found;
            for (const auto& set : sets) {
                found.emplace_back();
                for (const std::string& reference : set)
                    for (const SignupRow& signup : rows->signups)
                        if (signup.reference == reference) found.back().push_back(signup.user_id);
            }
            return found;
        };
        rows->together = users(import.together);
        rows->apart = users(import.apart);
        return report;
    });
}

MigrationStatus MemorySchema::status() {
    MigrationStatus status;
    status.latest = 1;
    status.version = migrated_ ? 1 : 0;
    if (!migrated_) status.pending = {"create the tables"};
    return status;
}

std::vector<std::string> MemorySchema::migrate() {
    if (migrated_) return {};
    migrated_ = true;
    return {"created the tables"};
}

}  // namespace convene::test
