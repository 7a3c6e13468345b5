#include "app/review_groups.h"

#include <algorithm>
#include <set>

#include "app/current_plan.h"
#include "app/natural_order.h"
#include "app/queries/people.h"
#include "app/usable_person.h"
#include "app/weekly_time.h"
#include "core/model/members_outside.h"
#include "core/rules/check_plan.h"
#include "core/time/attendance.h"

namespace convene {
namespace {

std::vector<LocalTimeSpell> local_times(const Zone& zone, const std::vector<ReviewedMeeting>& meetings) {
    std::vector<LocalTimeSpell> spells;
    for (std::size_t k = 0; k < meetings.size(); ++k) {
        const LocalTime local = zone.to_local(meetings[k].start);
        const WeeklyStart weekly{minute_of_week(local)};
        if (!spells.empty() && spells.back().local == weekly) continue;
        spells.push_back({static_cast<int>(k), Date(std::chrono::floor<std::chrono::days>(local)), weekly});
    }
    return spells;
}

/// True when available hours alone do not cover the meetings that count.
bool needs_more_than_available(const Person& person, const Problem& problem,
                               const std::vector<ReviewedMeeting>& meetings) {
    const std::size_t judged = problem.rules().fit == Fit::first_meeting ? 1 : meetings.size();
    for (std::size_t k = 0; k < std::min(judged, meetings.size()); ++k) {
        if (!is_free(person.clock(), person.available, meetings[k].start, problem.schedule().meeting_minutes))
            return true;
    }
    return false;
}

class Reviewer {
public:
    Reviewer(const CohortSnapshot& cohort, const ZoneTable& zones, const CohortProblem& problem,
             const std::vector<GroupId>& realized)
        : cohort_(cohort),
          zones_(zones),
          problem_(problem),
          plan_(current_plan(problem)),
          realized_(realized.begin(), realized.end()) {
        for (const PlannedGroup& group : plan_.groups) planned_[problem.group_named.at(group.name)] = &group;
        for (const Violation& violation : check_plan(problem.problem, plan_)) {
            // What a document says of itself is not for groups in a database.
            const auto group = problem.group_named.find(violation.group);
            if (violation.rule != "plan" && group != problem.group_named.end())
                violations_[group->second].push_back(violation.rule + ": " + violation.message);
        }
    }

    ReviewedGroup review(const GroupRow& row) {
        ReviewedGroup group;
        group.group_id = row.group_id;
        group.group_name = row.group_name;
        group.status = row.status;
        group.pinned = row.pinned;
        group.realized = realized_.contains(row.group_id);
        group.violations = violations_[row.group_id];
        if (const auto time = weekly_time(row, zones_)) {
            group.anchor = time->anchor->name();
            group.anchor_start = to_string(time->start);
        }
        group.meetings = meetings_of(row);
        group.meeting_time_utc = group.meetings.empty() ? row.recurring_meeting_time_utc
                                                        : weekly_time_in_utc(group.meetings.front().start);
        note_outside(row.group_id, group);
        for (const MembershipRow& member : row.members) {
            if (member.status != MembershipStatus::active) continue;
            group.members.push_back(review(member, group));
            const bool counted =
                member.role == Role::participant || problem_.problem.rules().count_facilitator;
            if (counted) ++group.size;
        }
        std::sort(group.members.begin(), group.members.end(), [](const auto& a, const auto& b) {
            if (a.role != b.role) return a.role == Role::facilitator;
            if (a.name != b.name) return natural_less(a.name, b.name);
            return a.user_id < b.user_id;
        });
        return group;
    }

private:
    /// The stored ones; of a group that has none, those that its weekly time means.
    std::vector<ReviewedMeeting> meetings_of(const GroupRow& row) const {
        std::vector<ReviewedMeeting> meetings;
        for (const MeetingRow& meeting : row.meetings)
            meetings.push_back({meeting.scheduled_time, meeting.was_rescheduled, {}});
        const auto planned = planned_.find(row.group_id);
        if (meetings.empty() && planned != planned_.end()) {
            for (const Instant start : planned->second->meetings) meetings.push_back({start, false, {}});
        }
        return meetings;
    }

    void note_outside(GroupId id, ReviewedGroup& group) const {
        const auto planned = planned_.find(id);
        if (planned == planned_.end()) return;
        PlannedGroup as_stored = *planned->second;
        as_stored.meetings.clear();
        for (const ReviewedMeeting& meeting : group.meetings) as_stored.meetings.push_back(meeting.start);
        const auto outside = members_outside(problem_.problem, as_stored);
        for (std::size_t k = 0; k < outside.size() && k < group.meetings.size(); ++k) {
            for (const std::string& member : outside[k]) {
                const UserId user = problem_.user_of.at(member);
                if (trouble_of(user).empty()) group.meetings[k].outside.push_back(user);
            }
        }
    }

    /// Why somebody's hours cannot be judged; empty when they can.
    std::string trouble_of(UserId user) const {
        const SignupRow* signup = signup_of(cohort_, user);
        if (signup == nullptr) return "has no sign-up in this cohort";
        const UsablePerson usable = usable_person(*signup, zones_);
        return usable.set_aside ? usable.set_aside->message : "";
    }

    ReviewedMember review(const MembershipRow& row, const ReviewedGroup& group) const {
        ReviewedMember member;
        member.user_id = row.user_id;
        member.name = name_of(cohort_, row.user_id);
        member.role = row.role;
        member.pinned = row.pinned;
        member.problem = trouble_of(row.user_id);
        const SignupRow* signup = signup_of(cohort_, row.user_id);
        if (signup == nullptr) return member;
        member.timezone = signup->timezone.value_or("");
        if (const ZonePtr zone = zones_.find(member.timezone)) {
            member.fixed_offset = zone->fixed();
            member.local_times = local_times(*zone, group.meetings);
        }
        for (std::size_t k = 0; k < group.meetings.size(); ++k) {
            const auto& outside = group.meetings[k].outside;
            if (std::count(outside.begin(), outside.end(), row.user_id) > 0)
                member.outside.push_back(static_cast<int>(k));
        }
        const auto id = problem_.id_of.find(row.user_id);
        if (member.problem.empty() && member.outside.empty() && id != problem_.id_of.end()) {
            const auto index = static_cast<std::size_t>(problem_.problem.index_of(id->second));
            member.if_needed =
                needs_more_than_available(problem_.problem.people()[index], problem_.problem, group.meetings);
        }
        return member;
    }

    const CohortSnapshot& cohort_;
    const ZoneTable& zones_;
    const CohortProblem& problem_;
    Plan plan_;
    std::set<GroupId> realized_;
    std::map<GroupId, const PlannedGroup*> planned_;
    std::map<GroupId, std::vector<std::string>> violations_;
};

std::vector<WaitingPerson> waiting_people(const CohortSnapshot& cohort) {
    std::set<UserId> settled;
    for (const GroupRow& group : cohort.groups) {
        for (const MembershipRow& member : group.members) {
            const bool seated = member.status == MembershipStatus::active &&
                                (is_running(group) || group.status == GroupStatus::completed);
            if (seated || member.status == MembershipStatus::completed) settled.insert(member.user_id);
        }
    }
    std::vector<WaitingPerson> waiting;
    for (const SignupRow& signup : cohort.signups) {
        if (settled.contains(signup.user_id)) continue;
        waiting.push_back({signup.user_id, signup.display_name(), signup.role, signup.grouping_status});
    }
    std::sort(waiting.begin(), waiting.end(), [](const auto& a, const auto& b) {
        return a.name == b.name ? a.user_id < b.user_id : natural_less(a.name, b.name);
    });
    return waiting;
}

}  // namespace

tl::expected<CohortReview, InputFaults> review_groups(const CohortSnapshot& cohort, const ZoneTable& zones,
                                                      const std::vector<GroupId>& realized) {
    const auto problem = build_problem(cohort, zones, {}, KeepGroups::none);
    if (!problem) return tl::unexpected(problem.error());
    CohortReview review;
    review.cohort = cohort.cohort;
    Reviewer reviewer(cohort, zones, *problem, realized);
    for (const GroupRow& group : cohort.groups)
        if (is_running(group)) review.groups.push_back(reviewer.review(group));
    review.waiting = waiting_people(cohort);
    review.set_aside = problem->set_aside;
    review.warnings = problem->warnings;
    review.min_size = problem->problem.rules().min_size;
    review.max_size = problem->problem.rules().max_size;
    const ZonePtr anchor = problem->problem.schedule().anchor.zone;
    review.heat_map = heat_map(problem->problem, anchor ? anchor : utc_zone());
    return review;
}

}  // namespace convene
