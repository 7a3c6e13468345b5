#include "tests/support/memory_changes.h"

#include <algorithm>
#include <tuple>

#include "app/apply_changes.h"

namespace convene::test {
namespace {

GroupRow new_group(const NewGroup& created, std::int64_t& last_key) {
    GroupRow group;
    group.group_id = GroupId{++last_key};
    group.group_name = created.group_name;
    group.recurring_meeting_time_utc = created.recurring_meeting_time_utc;
    group.anchor = created.anchor;
    group.anchor_start = created.anchor_start;
    if (created.facilitator.value != 0) group.members.push_back({created.facilitator, Role::facilitator});
    for (const UserId user : created.participants) group.members.push_back({user, Role::participant});
    std::sort(group.members.begin(), group.members.end(), [](const auto& a, const auto& b) {
        return std::tie(a.user_id, a.role) < std::tie(b.user_id, b.role);
    });
    for (const Instant meeting : created.meetings)
        group.meetings.push_back({MeetingId{++last_key}, meeting, false});
    return group;
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
    apply_changes(changes, rows);
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
