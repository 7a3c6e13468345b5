#include "app/judge_edit.h"

#include <algorithm>

#include "app/apply_changes.h"
#include "app/current_plan.h"
#include "app/queries/people.h"

namespace convene {
namespace {

int beyond_size(const PlannedGroup& group, const Rules& rules) {
    const int size = counted_size(group, rules);
    return std::max({rules.min_size - size, size - rules.max_size, 0});
}

bool leaves(const MemberChange& change, const MembershipRow& place) {
    return change.status != MembershipStatus::active || change.role != place.role;
}

}  // namespace

int counted_size(const PlannedGroup& group, const Rules& rules) {
    const bool counted = rules.count_facilitator && !group.facilitator.empty();
    return static_cast<int>(group.participants.size()) + (counted ? 1 : 0);
}

Judgement judgement_of(JudgedState state) {
    Judgement judgement;
    for (const PlannedGroup& group : state.plan.groups)
        judgement.beyond_size[group.name] = beyond_size(group, state.problem.rules());
    for (Violation& violation : check_plan(state.problem, state.plan)) {
        // What a document says of itself is not for groups in a database.
        if (violation.rule != "plan") judgement.violations.push_back(std::move(violation));
    }
    return judgement;
}

std::vector<Violation> pin_violations(const CohortSnapshot& before, const CohortChanges& changes) {
    std::vector<Violation> found;
    for (const MemberChange& change : changes.members) {
        const GroupRow* group = group_of(before, change.group_id);
        for (const MembershipRow& place : group->members) {
            const bool concerned = place.user_id == change.user_id &&
                                   place.status == MembershipStatus::active && leaves(change, place);
            if (!concerned) continue;
            const std::string name = name_of(before, place.user_id);
            if (place.pinned) {
                found.push_back({"R9", group->group_name, name + " is pinned to " + group->group_name});
            } else if (group->pinned && place.role == Role::facilitator) {
                found.push_back({"R9", group->group_name,
                                 group->group_name + " is pinned: " + name + " stays its facilitator"});
            }
        }
    }
    for (const TimeChange& change : changes.times) {
        const GroupRow* group = group_of(before, change.group_id);
        // A single meeting may move: pinned is the weekly time.
        const bool moves = change.recurring_meeting_time_utc != group->recurring_meeting_time_utc ||
                           (group->anchor && change.anchor != *group->anchor) ||
                           (group->anchor_start && change.anchor_start != *group->anchor_start);
        if (group->pinned && moves) {
            found.push_back(
                {"R9", group->group_name,
                 group->group_name + " is pinned to " + group->recurring_meeting_time_utc + " UTC"});
        }
    }
    return found;
}

std::vector<Violation> new_violations(Judgement was, JudgedState after) {
    Judgement becomes = judgement_of(after);
    std::vector<Violation> found;
    for (const Violation& violation : becomes.violations) {
        const auto known = std::find(was.violations.begin(), was.violations.end(), violation);
        if (known != was.violations.end()) {
            was.violations.erase(known);
            continue;
        }
        const auto beyond = was.beyond_size.find(violation.group);
        const bool nearer = violation.rule == "R2" && beyond != was.beyond_size.end() && beyond->second > 0 &&
                            becomes.beyond_size[violation.group] <= beyond->second;
        if (!nearer) found.push_back(violation);
    }
    return found;
}

tl::expected<std::vector<Violation>, InputFaults> new_violations(const CohortSnapshot& before,
                                                                 const CohortChanges& changes,
                                                                 const ZoneTable& zones) {
    // A name breaks no rule: what stood before is told of the group by its new name.
    CohortChanges names;
    names.names = changes.names;
    CohortSnapshot renamed = before;
    apply_changes(names, renamed);
    CohortSnapshot after = before;
    apply_changes(changes, after);
    const auto was = build_problem(renamed, zones, {}, KeepGroups::none);
    if (!was) return tl::unexpected(was.error());
    const auto becomes = build_problem(after, zones, {}, KeepGroups::none);
    if (!becomes) return tl::unexpected(becomes.error());
    const Plan plan_before = current_plan(*was);
    const Plan plan_after = current_plan(*becomes);
    std::vector<Violation> found = pin_violations(before, changes);
    for (Violation& violation :
         new_violations(judgement_of({was->problem, plan_before}), {becomes->problem, plan_after}))
        found.push_back(std::move(violation));
    return found;
}

}  // namespace convene
