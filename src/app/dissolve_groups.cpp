#include "app/dissolve_groups.h"

#include <algorithm>
#include <set>

#include "app/queries/people.h"

namespace convene {
namespace {

bool is_held(const GroupRow& group, const std::vector<GroupId>& kept) {
    return group.status != GroupStatus::forming || group.pinned ||
           std::find(kept.begin(), kept.end(), group.group_id) != kept.end() ||
           std::any_of(group.members.begin(), group.members.end(), [](const MembershipRow& member) {
               return member.pinned && member.status == MembershipStatus::active;
           });
}

}  // namespace

CohortChanges dissolve_free_groups(const CohortSnapshot& cohort, const std::vector<GroupId>& kept) {
    CohortChanges changes;
    std::set<UserId> released;
    std::set<UserId> seated;
    for (const GroupRow& group : cohort.groups) {
        if (!is_running(group)) continue;
        const bool held = is_held(group, kept);
        if (!held) changes.statuses.push_back({group.group_id, GroupStatus::cancelled});
        for (const MembershipRow& member : group.members) {
            if (member.status != MembershipStatus::active) continue;
            (held ? seated : released).insert(member.user_id);
            if (!held)
                changes.members.push_back(
                    {group.group_id, member.user_id, member.role, MembershipStatus::removed});
        }
    }
    for (const SignupRow& signup : cohort.signups) {
        if (released.contains(signup.user_id) && !seated.contains(signup.user_id))
            changes.signups.push_back({signup.signup_id, GroupingStatus::awaiting_grouping, false});
    }
    return changes;
}

}  // namespace convene
