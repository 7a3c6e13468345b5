// src/app/schedule_cohort.h: form a cohort's groups and persist them.
//
// Load, solve outside any transaction, judge, write in one transaction that
// first verifies that what was read still holds. Killed at any moment, all of it
// has happened or nothing.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/build_problem.h"
#include "app/ports/clock.h"
#include "app/ports/cohort_store.h"
#include "core/model/plan.h"
#include "core/solve/solve.h"

namespace convene {

struct ScheduleProgress {
    int pending_users = 0;  ///< who look for a group in this run
    int attempt = 1;        ///< 2 and up: the cohort changed meanwhile, solved anew
    SolveProgress solve;
};

struct ScheduleOptions {
    ProblemOverrides overrides;
    std::uint64_t seed = 0;
    int threads = 0;
    bool dry_run = false;  ///< plan, write nothing
    /// 2 and more: look for so many plans that are as good and differ in times, for somebody to choose.
    /// Nothing is written then unless one is accepted.
    int plans = 1;
    /// The plan to write, from 1 up; the same problem and seed give the same plans again. 0: the only one.
    int accept = 0;
    /// Forming groups that nothing holds are formed anew (docs/decisions/112-solve-around-pins.md): pinned
    /// ones, those with a pinned member and those of `kept` stay as they are.
    bool reform = false;
    std::vector<GroupId> kept;  ///< with reform: groups that have homes already
    /// When the best plan so far is taken and written. Empty: when it is proven best.
    std::optional<std::chrono::steady_clock::time_point> deadline;
    /// Asked often, from any solver thread; true ends the run and nothing is written.
    std::function<bool()> interrupted;
    std::function<void(const ScheduleProgress&)> on_progress;
    std::string job_id;  ///< for logs and records; empty: a fresh one
};

enum class ScheduleStatus {
    scheduled,            ///< written
    planned,              ///< dry run: would be written
    nothing_to_schedule,  ///< nobody looks for a group, or nobody's standing would change; nothing written
    busy,                 ///< another process schedules this cohort
    stale,                ///< the cohort kept changing while it was solved; nothing written
    interrupted,          ///< nothing written
    out_of_time,          ///< the deadline came before any group was found; nothing written
};
[[nodiscard]] std::string_view to_string(ScheduleStatus status) noexcept;

struct ScheduledMember {
    UserId user_id;
    std::string name;
    Role role = Role::participant;
    std::string timezone;
    bool if_needed = false;  ///< relies on if-needed hours

    friend bool operator==(const ScheduledMember&, const ScheduledMember&) = default;
};

/// A new group, or an existing one that people were added to.
struct ScheduledGroup {
    GroupId group_id;  ///< value 0 for a new group of a dry run
    std::string group_name;
    std::string meeting_time_utc;  ///< `Wednesday 15:00`, of the first meeting
    std::string anchor;
    std::string anchor_start;  ///< `Wednesday 18:00` in the anchor zone
    std::vector<Instant> meetings;
    std::vector<ScheduledMember> members;  ///< those placed by this run: facilitator first, then by name
    int size = 0;                          ///< participants in all

    friend bool operator==(const ScheduledGroup&, const ScheduledGroup&) = default;
};

struct UnassignedPerson {
    UserId user_id;
    std::string name;
    UnplacedReason reason = UnplacedReason::outcompeted;
    std::string detail;
    std::optional<Cure> cure;

    friend bool operator==(const UnassignedPerson&, const UnassignedPerson&) = default;
};

struct SchedulingResult {
    ScheduleStatus status = ScheduleStatus::nothing_to_schedule;
    CohortId cohort_id;
    std::string cohort_name;
    int pending_users = 0;                  ///< participants who looked for a group, set-aside ones included
    int placed = 0;                         ///< of those
    std::vector<ScheduledGroup> groups;     ///< new ones, in the order of the plan
    std::vector<ScheduledGroup> additions;  ///< existing groups that gained members
    std::vector<UnassignedPerson> unassigned;    ///< by name
    std::vector<std::string> idle_facilitators;  ///< names of facilitators in no group, by name
    std::vector<SetAsidePerson> set_aside;
    std::vector<std::string> warnings;
    Plan plan;  ///< as solved, with person ids of the Problem
    /// The other plans, as far as groups and people go; only when several were asked for and none accepted.
    std::vector<SchedulingResult> alternatives;
    RunId run_id;
    std::string job_id;
    std::chrono::milliseconds elapsed{0};
};

/// Faults: the cohort's settings or the overrides cannot be used, or there is no plan of the accepted
/// number (nothing is written).
/// \throws StoreFailure; PlanRefused when the solver's plan breaks a rule
[[nodiscard]] tl::expected<SchedulingResult, InputFaults> schedule_cohort(
    CohortStore& store, const ZoneTable& zones, const Clock& clock, CohortId cohort,
    const ScheduleOptions& options = {});

}  // namespace convene
