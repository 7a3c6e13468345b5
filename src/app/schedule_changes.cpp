#include "app/schedule_changes.h"

#include <algorithm>
#include <set>

#include "app/group_names.h"
#include "app/queries/people.h"
#include "app/weekly_time.h"

namespace convene {
namespace {

std::string time_in_utc(const std::vector<Instant>& meetings) {
    return meetings.empty() ? "" : weekly_time_in_utc(meetings.front());
}

Date utc_date(Instant instant) {
    return Date(std::chrono::floor<std::chrono::days>(instant));
}

/// Null for a new group.
const FixedGroup* existing(const CohortProblem& problem, const PlannedGroup& group) {
    const auto id = problem.group_named.find(group.name);
    return id == problem.group_named.end() ? nullptr : &problem.groups.at(id->second);
}

std::vector<UserId> added_to(const CohortProblem& problem, const PlannedGroup& group,
                             const FixedGroup* existing_group) {
    std::vector<UserId> added;
    for (const std::string& id : group.participants) {
        const bool before =
            existing_group != nullptr &&
            std::count(existing_group->participants.begin(), existing_group->participants.end(), id) > 0;
        if (!before) added.push_back(problem.user_of.at(id));
    }
    std::sort(added.begin(), added.end());
    return added;
}

NewGroup new_group(const CohortProblem& problem, const PlannedGroup& group) {
    NewGroup created;
    created.group_name = group.name;
    created.recurring_meeting_time_utc = time_in_utc(group.meetings);
    created.anchor = group.anchor;
    created.anchor_start = to_string(group.start);
    created.start_date = utc_date(group.meetings.front());
    created.expected_end_date = utc_date(group.meetings.back());
    created.meetings = group.meetings;
    if (!group.facilitator.empty()) created.facilitator = problem.user_of.at(group.facilitator);
    created.participants = added_to(problem, group, nullptr);
    return created;
}

/// Who sits or leads where once the plan is written.
class Standings {
public:
    Standings(const CohortSnapshot& cohort, const CohortProblem& problem, const Plan& plan) {
        for (const GroupRow& group : cohort.groups) {
            for (const MembershipRow& member : group.members) {
                const bool active = member.status == MembershipStatus::active;
                if (active && is_running(group)) in_group_.insert(member.user_id);
                if (member.status == MembershipStatus::completed ||
                    (active && group.status == GroupStatus::completed)) {
                    completed_.insert(member.user_id);
                }
            }
        }
        for (const PlannedGroup& group : plan.groups) {
            for (const std::string& id : group.participants) in_group_.insert(problem.user_of.at(id));
            if (!group.facilitator.empty()) in_group_.insert(problem.user_of.at(group.facilitator));
        }
    }

    [[nodiscard]] bool in_group(UserId user) const { return in_group_.contains(user); }
    [[nodiscard]] bool completed(UserId user) const { return completed_.contains(user); }

private:
    std::set<UserId> in_group_;
    std::set<UserId> completed_;
};

std::vector<SignupChange> signup_changes(const CohortSnapshot& cohort, const CohortProblem& problem,
                                         const Plan& plan) {
    const Standings standings(cohort, problem, plan);
    const std::set<UserId> eligible(problem.eligible.begin(), problem.eligible.end());
    std::vector<SignupChange> changes;
    for (const SignupRow& signup : cohort.signups) {
        const bool tried = eligible.contains(signup.user_id) ||
                           (signup.role == Role::facilitator && !standings.completed(signup.user_id));
        const bool grouped = standings.in_group(signup.user_id);
        if (!grouped && !tried) continue;
        const GroupingStatus status = grouped ? GroupingStatus::grouped : GroupingStatus::ungroupable;
        const bool joins = grouped && eligible.contains(signup.user_id);
        if (status == signup.grouping_status && !joins) continue;
        changes.push_back({signup.signup_id, status, tried});
    }
    return changes;
}

ScheduledMember describe(const Problem& problem, const CohortProblem& cohort, const PlannedGroup& group,
                         const std::string& id) {
    ScheduledMember member;
    member.user_id = cohort.user_of.at(id);
    const Person& person = problem.people()[static_cast<std::size_t>(problem.index_of(id))];
    member.name = person.name;
    member.role = id == group.facilitator ? Role::facilitator : Role::participant;
    member.timezone = person.zone->name();
    member.if_needed = std::count(group.if_needed.begin(), group.if_needed.end(), id) > 0;
    return member;
}

ScheduledGroup describe(const CohortProblem& problem, const PlannedGroup& group,
                        const FixedGroup* existing_group) {
    ScheduledGroup told;
    told.group_name = group.name;
    told.meeting_time_utc = time_in_utc(group.meetings);
    told.anchor = group.anchor;
    told.anchor_start = to_string(group.start);
    told.meetings = group.meetings;
    told.size = static_cast<int>(group.participants.size());
    for (const UserId user : added_to(problem, group, existing_group))
        told.members.push_back(describe(problem.problem, problem, group, problem.id_of.at(user)));
    std::sort(told.members.begin(), told.members.end(), [](const auto& a, const auto& b) {
        return std::tie(a.name, a.user_id) < std::tie(b.name, b.user_id);
    });
    if (existing_group == nullptr && !group.facilitator.empty())
        told.members.insert(told.members.begin(),
                            describe(problem.problem, problem, group, group.facilitator));
    return told;
}

}  // namespace

void name_new_groups(const CohortSnapshot& cohort, const CohortProblem& problem, Plan& plan) {
    std::vector<PlannedGroup*> unnamed;
    for (PlannedGroup& group : plan.groups)
        if (existing(problem, group) == nullptr) unnamed.push_back(&group);
    const std::vector<std::string> names = next_group_names(cohort, unnamed.size());
    for (std::size_t i = 0; i < unnamed.size(); ++i) unnamed[i]->name = names[i];
}

CohortChanges schedule_changes(const CohortSnapshot& cohort, const CohortProblem& problem, const Plan& plan) {
    CohortChanges changes;
    for (const PlannedGroup& group : plan.groups) {
        const FixedGroup* fixed = existing(problem, group);
        if (fixed == nullptr) {
            changes.new_groups.push_back(new_group(problem, group));
            continue;
        }
        for (const UserId user : added_to(problem, group, fixed)) {
            changes.members.push_back(
                {problem.group_named.at(group.name), user, Role::participant, MembershipStatus::active});
        }
    }
    changes.signups = signup_changes(cohort, problem, plan);
    const int minutes = problem.problem.schedule().meeting_minutes;
    if (!changes.new_groups.empty() && minutes != cohort.cohort.settings.meeting_minutes)
        changes.meeting_minutes = minutes;
    return changes;
}

void describe_plan(const CohortSnapshot& cohort, const CohortProblem& problem, const Plan& plan,
                   SchedulingResult& result) {
    result.pending_users = static_cast<int>(problem.eligible.size());
    result.placed = 0;
    for (const PlannedGroup& group : plan.groups) {
        const FixedGroup* fixed = existing(problem, group);
        ScheduledGroup told = describe(problem, group, fixed);
        result.placed += static_cast<int>(added_to(problem, group, fixed).size());
        if (fixed == nullptr) {
            result.groups.push_back(std::move(told));
        } else if (!told.members.empty()) {
            told.group_id = problem.group_named.at(group.name);
            result.additions.push_back(std::move(told));
        }
    }
    std::set<UserId> set_aside;
    for (const SetAsidePerson& person : problem.set_aside) set_aside.insert(person.user_id);
    const auto& people = problem.problem.people();
    for (const UnplacedPerson& person : plan.unplaced) {
        const UserId user = problem.user_of.at(person.person);
        if (set_aside.contains(user)) continue;  // told with what to mend
        const auto index = static_cast<std::size_t>(problem.problem.index_of(person.person));
        result.unassigned.push_back({user, people[index].name, person.reason, person.detail, person.cure});
    }
    std::sort(result.unassigned.begin(), result.unassigned.end(), [](const auto& a, const auto& b) {
        return std::tie(a.name, a.user_id) < std::tie(b.name, b.user_id);
    });
    const Standings standings(cohort, problem, plan);
    for (const int index : problem.problem.facilitators()) {
        const Person& person = people[static_cast<std::size_t>(index)];
        const UserId user = problem.user_of.at(person.id);
        if (!standings.in_group(user) && !set_aside.contains(user))
            result.idle_facilitators.push_back(person.name);
    }
    std::sort(result.idle_facilitators.begin(), result.idle_facilitators.end());
    result.set_aside = problem.set_aside;
    result.warnings = problem.warnings;
    result.warnings.insert(result.warnings.end(), plan.warnings.begin(), plan.warnings.end());
    result.plan = plan;
}

}  // namespace convene
