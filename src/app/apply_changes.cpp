#include "app/apply_changes.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace convene {
namespace {

GroupRow& group_in(CohortSnapshot& rows, GroupId id) {
    for (GroupRow& group : rows.groups) {
        if (group.group_id == id) return group;
    }
    throw std::invalid_argument("no group " + std::to_string(id.value) + " in this cohort");
}

SignupRow& signup_in(CohortSnapshot& rows, SignupId id) {
    for (SignupRow& signup : rows.signups) {
        if (signup.signup_id == id) return signup;
    }
    throw std::invalid_argument("no sign-up " + std::to_string(id.value) + " in this cohort");
}

/// The person's row in the group: of the same role when there are several. Null when there is none.
MembershipRow* place_of(GroupRow& group, UserId user, Role role) {
    MembershipRow* place = nullptr;
    for (MembershipRow& member : group.members) {
        if (member.user_id != user) continue;
        if (place == nullptr || member.role == role) place = &member;
    }
    return place;
}

void set_member(GroupRow& group, const MemberChange& change) {
    MembershipRow* place = place_of(group, change.user_id, change.role);
    if (place == nullptr) {
        group.members.push_back({change.user_id, change.role, change.status});
    } else {
        place->role = change.role;
        place->status = change.status;
        for (MembershipRow& other : group.members) {
            const bool second = &other != place && other.user_id == change.user_id;
            if (second && other.status == MembershipStatus::active) other.status = MembershipStatus::removed;
        }
    }
    std::stable_sort(group.members.begin(), group.members.end(), [](const auto& a, const auto& b) {
        return std::tie(a.user_id, a.role) < std::tie(b.user_id, b.role);
    });
}

void set_time(GroupRow& group, const TimeChange& change) {
    group.recurring_meeting_time_utc = change.recurring_meeting_time_utc;
    group.anchor = change.anchor;
    group.anchor_start = change.anchor_start;
    for (const MeetingTime& wanted : change.meetings) {
        for (MeetingRow& meeting : group.meetings) {
            if (meeting.meeting_id != wanted.meeting_id) continue;
            const bool moved = meeting.scheduled_time != wanted.time;
            meeting.was_rescheduled = wanted.was_rescheduled.value_or(meeting.was_rescheduled || moved);
            meeting.scheduled_time = wanted.time;
        }
    }
    std::sort(group.meetings.begin(), group.meetings.end(), [](const auto& a, const auto& b) {
        return std::tie(a.scheduled_time, a.meeting_id) < std::tie(b.scheduled_time, b.meeting_id);
    });
}

TimeChange time_of(const GroupRow& group) {
    TimeChange time;
    time.group_id = group.group_id;
    time.recurring_meeting_time_utc = group.recurring_meeting_time_utc;
    time.anchor = group.anchor.value_or("UTC");
    time.anchor_start = group.anchor_start.value_or(group.recurring_meeting_time_utc);
    for (const MeetingRow& meeting : group.meetings)
        time.meetings.push_back({meeting.meeting_id, meeting.scheduled_time, meeting.was_rescheduled});
    return time;
}

}  // namespace

void apply_changes(const CohortChanges& changes, CohortSnapshot& rows) {
    for (const MemberChange& change : changes.members) set_member(group_in(rows, change.group_id), change);
    for (const SignupChange& change : changes.signups) {
        SignupRow& signup = signup_in(rows, change.signup_id);
        signup.grouping_status = change.grouping_status;
        if (change.counts_as_attempt) ++signup.grouping_attempt_count;
    }
    for (const NameChange& change : changes.names)
        group_in(rows, change.group_id).group_name = change.group_name;
    for (const TimeChange& change : changes.times) set_time(group_in(rows, change.group_id), change);
    for (const GroupStatusChange& change : changes.statuses)
        group_in(rows, change.group_id).status = change.status;
    for (const PinChange& change : changes.pins) {
        GroupRow& group = group_in(rows, change.group_id);
        if (!change.user_id) group.pinned = change.pinned;
        for (MembershipRow& member : group.members)
            if (member.user_id == change.user_id) member.pinned = change.pinned;
    }
    if (changes.meeting_minutes) rows.cohort.settings.meeting_minutes = *changes.meeting_minutes;
    if (changes.cohort_status) rows.cohort.status = *changes.cohort_status;
}

CohortChanges inverse_of(const CohortChanges& changes, const CohortSnapshot& before) {
    CohortSnapshot rows = before;
    CohortChanges inverse;
    for (const MemberChange& change : changes.members) {
        const MembershipRow* place = place_of(group_in(rows, change.group_id), change.user_id, change.role);
        inverse.members.push_back(
            place == nullptr
                ? MemberChange{change.group_id, change.user_id, change.role, MembershipStatus::removed}
                : MemberChange{change.group_id, change.user_id, place->role, place->status});
    }
    for (const SignupChange& change : changes.signups) {
        const SignupRow& signup = signup_in(rows, change.signup_id);
        inverse.signups.push_back({change.signup_id, signup.grouping_status, false});
    }
    for (const NameChange& change : changes.names)
        inverse.names.push_back({change.group_id, group_in(rows, change.group_id).group_name});
    for (const TimeChange& change : changes.times)
        inverse.times.push_back(time_of(group_in(rows, change.group_id)));
    for (const GroupStatusChange& change : changes.statuses)
        inverse.statuses.push_back({change.group_id, group_in(rows, change.group_id).status});
    for (const PinChange& change : changes.pins) {
        GroupRow& group = group_in(rows, change.group_id);
        bool pinned = group.pinned;
        if (change.user_id) {
            const MembershipRow* place = place_of(group, *change.user_id, Role::participant);
            pinned = place != nullptr && place->pinned;
        }
        inverse.pins.push_back({change.group_id, change.user_id, pinned});
    }
    if (changes.meeting_minutes) inverse.meeting_minutes = rows.cohort.settings.meeting_minutes;
    if (changes.cohort_status) inverse.cohort_status = rows.cohort.status;
    return inverse;
}

}  // namespace convene
