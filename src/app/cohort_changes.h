// src/app/cohort_changes.h: what a schedule or an edit writes.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cohort_snapshot.h"

namespace convene {

struct NewGroup {
    std::string group_name;
    std::string recurring_meeting_time_utc;  ///< `Wednesday 15:00`, of the first meeting
    std::string anchor;                      ///< zone name
    std::string anchor_start;                ///< `Wednesday 18:00` in the anchor zone
    Date start_date{};                       ///< UTC date of the first meeting
    Date expected_end_date{};                ///< UTC date of the last
    std::vector<Instant> meetings;           ///< rising
    UserId facilitator;                      ///< value 0 for a self-led group
    std::vector<UserId> participants;
};

/// Sets one person's place in one group, whatever it was before.
struct MemberChange {
    GroupId group_id;
    UserId user_id;
    Role role = Role::participant;
    MembershipStatus status = MembershipStatus::active;
};

struct SignupChange {
    SignupId signup_id;
    GroupingStatus grouping_status = GroupingStatus::awaiting_grouping;
    bool counts_as_attempt = false;  ///< raises grouping_attempt_count and sets last_grouping_attempt_at
};

struct NameChange {
    GroupId group_id;
    std::string group_name;
};

struct MeetingTime {
    MeetingId meeting_id;
    Instant time{};
    std::optional<bool> was_rescheduled{};  ///< unset: true from now on if `time` is another than before
};

/// When a group meets: its texts and all its meetings.
struct TimeChange {
    GroupId group_id;
    std::string recurring_meeting_time_utc;
    std::string anchor;
    std::string anchor_start;
    std::vector<MeetingTime> meetings;
};

struct GroupStatusChange {
    GroupId group_id;
    GroupStatus status = GroupStatus::forming;
};

/// Pins a group's time and facilitator, or (with a user) one membership.
struct PinChange {
    GroupId group_id;
    std::optional<UserId> user_id;
    bool pinned = true;
};

struct CohortChanges {
    std::vector<NewGroup> new_groups;
    std::vector<MemberChange> members;
    std::vector<SignupChange> signups;
    std::vector<NameChange> names;
    std::vector<TimeChange> times;
    std::vector<GroupStatusChange> statuses;
    std::vector<PinChange> pins;
    /// The cohort's meeting length, when its first groups were scheduled for another than was set.
    std::optional<int> meeting_minutes;
    std::optional<CohortStatus> cohort_status;

    [[nodiscard]] bool empty() const noexcept {
        return new_groups.empty() && members.empty() && signups.empty() && names.empty() && times.empty() &&
               statuses.empty() && pins.empty() && !meeting_minutes && !cohort_status;
    }
};

/// Status of a run that has begun and not ended. Who died leaves it so: see app/queries/runs.h.
inline constexpr const char* kRunning = "running";

/// Kept of each run: its inputs and result, for `convene runs`.
struct RunRecord {
    std::string job_id;   ///< short random text that also appears in logs
    std::string kind;     ///< `schedule`, `realize`, `archive`
    std::string options;  ///< JSON
    std::string result;   ///< JSON: the plan or the outcome
    std::string status;   ///< kRunning, `optimal`, `feasible`, `done`, `failed`, …
    Instant started_at{};
    Instant finished_at{};  ///< as started_at while it is running
    RunId run_id{};         ///< of CohortStore::begin_run; value 0: not begun in the database
};

/// Kept with each edit, so that it can be shown and undone.
struct EditRecord {
    std::string command;     ///< `move`, `retime`, …
    std::string detail;      ///< JSON: what was asked
    std::string inverse;     ///< JSON: the changes that take it back, as app writes and reads them
    std::string violations;  ///< JSON: rules it broke with --force; `[]` without
    bool forced = false;
    std::string author;  ///< who, as far as known: the OS user, the Discord user
    Instant made_at{};
    std::optional<EditId> undoes;  ///< set when this edit takes another back
};

}  // namespace convene
