#include "tests/support/memory_changes.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace convene::test {
namespace {

GroupRow& group_in(CohortSnapshot& rows, GroupId id) {
    for (GroupRow& group : rows.groups) {
        if (group.group_id == id) return group;
    }
    throw std::invalid_argument("no group " + std::to_string(id.value) + " in this cohort");
}

void sort_members(GroupRow& group) {
    std::sort(group.members.begin(), group.members.end(), [](const auto& a, const auto& b) {
        return std::tie(a.user_id, a.role) < std::tie(b.user_id, b.role);
    });
}

GroupRow new_group(const NewGroup& created, std::int64_t& last_key) {
    GroupRow group;
    group.group_id = GroupId{++last_key};
    group.group_name = created.group_name;
    group.recurring_meeting_time_utc = created.recurring_meeting_time_utc;
    group.anchor = created.anchor;
    group.anchor_start = created.anchor_start;
    if (created.facilitator.value != 0) group.members.push_back({created.facilitator, Role::facilitator});
    for (const UserId user : created.participants) group.members.push_back({user, Role::participant});
    sort_members(group);
    for (const Instant meeting : created.meetings)
        group.meetings.push_back({MeetingId{++last_key}, meeting, false});
    return group;
}

void set_member(GroupRow& group, const MemberChange& change) {
    MembershipRow* row = nullptr;
    for (MembershipRow& member : group.members) {
        if (member.user_id != change.user_id) continue;
        if (row == nullptr || member.role == change.role) row = &member;
    }
    if (row == nullptr) {
        group.members.push_back({change.user_id, change.role, change.status});
    } else {
        row->role = change.role;
        row->status = change.status;
        for (MembershipRow& other : group.members) {
            const bool second = &other != row && other.user_id == change.user_id;
            if (second && other.status == MembershipStatus::active) other.status = MembershipStatus::removed;
        }
    }
    sort_members(group);
}

void set_signup(CohortSnapshot& rows, const SignupChange& change) {
    for (SignupRow& signup : rows.signups) {
        if (signup.signup_id != change.signup_id) continue;
        signup.grouping_status = change.grouping_status;
        if (change.counts_as_attempt) ++signup.grouping_attempt_count;
        return;
    }
    throw std::invalid_argument("no sign-up " + std::to_string(change.signup_id.value));
}

void set_time(GroupRow& group, const TimeChange& change) {
    group.recurring_meeting_time_utc = change.recurring_meeting_time_utc;
    group.anchor = change.anchor;
    group.anchor_start = change.anchor_start;
    for (const auto& [id, instant] : change.meetings) {
        for (MeetingRow& meeting : group.meetings)
            if (meeting.meeting_id == id) meeting.scheduled_time = instant;
    }
    std::sort(group.meetings.begin(), group.meetings.end(), [](const auto& a, const auto& b) {
        return std::tie(a.scheduled_time, a.meeting_id) < std::tie(b.scheduled_time, b.meeting_id);
    });
}

void set_pin(GroupRow& group, const PinChange& change) {
    if (!change.user_id) {
        group.pinned = change.pinned;
        return;
    }
    for (MembershipRow& member : group.members)
        if (member.user_id == *change.user_id) member.pinned = change.pinned;
}

SignupRow updated(const SignupRow& before, const PersonImport& person) {
    SignupRow signup = before;
    signup.reference = person.reference;
    if (!signup.nickname && !person.name.empty()) signup.nickname = person.name;
    if (person.discord_id) signup.discord_id = person.discord_id;
    if (person.email) signup.email = person.email;
    signup.timezone = person.timezone;
    signup.availability_local = person.availability_local;
    signup.if_needed_availability_local = person.if_needed_availability_local;
    signup.role = person.role;
    signup.certified = person.role == Role::facilitator;
    if (person.role == Role::facilitator) signup.max_active_groups = person.max_groups;
    if (signup != before && signup.grouping_status == GroupingStatus::ungroupable)
        signup.grouping_status = GroupingStatus::awaiting_grouping;
    return signup;
}

}  // namespace

std::vector<GroupId> apply(const CohortChanges& changes, CohortSnapshot& rows, std::int64_t& last_key) {
    std::vector<GroupId> created;
    for (const NewGroup& group : changes.new_groups) {
        rows.groups.push_back(new_group(group, last_key));
        created.push_back(rows.groups.back().group_id);
    }
    for (const MemberChange& change : changes.members) set_member(group_in(rows, change.group_id), change);
    for (const SignupChange& change : changes.signups) set_signup(rows, change);
    for (const NameChange& change : changes.names)
        group_in(rows, change.group_id).group_name = change.group_name;
    for (const TimeChange& change : changes.times) set_time(group_in(rows, change.group_id), change);
    for (const GroupStatusChange& change : changes.statuses)
        group_in(rows, change.group_id).status = change.status;
    for (const PinChange& change : changes.pins) set_pin(group_in(rows, change.group_id), change);
    if (changes.meeting_minutes) rows.cohort.settings.meeting_minutes = *changes.meeting_minutes;
    return created;
}

void apply(const CohortImport& import, CohortSnapshot& rows, std::int64_t& last_key, ImportReport& report) {
    for (const PersonImport& person : import.people) {
        const auto known =
            std::find_if(rows.signups.begin(), rows.signups.end(),
                         [&](const SignupRow& signup) { return signup.reference == person.reference; });
        if (known == rows.signups.end()) {
            SignupRow signup;
            signup.user_id = UserId{++last_key};
            signup.signup_id = SignupId{++last_key};
            rows.signups.push_back(updated(signup, person));
            ++report.people_created;
            continue;
        }
        const SignupRow after = updated(*known, person);
        ++(after == *known ? report.people_unchanged : report.people_updated);
        *known = after;
    }
}

}  // namespace convene::test
