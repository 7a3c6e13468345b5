#include "app/membership_edits.h"

#include <algorithm>

#include "app/apply_changes.h"
#include "app/missed_meetings.h"
#include "app/queries/people.h"
#include "app/retimed_meetings.h"

namespace convene {
namespace {

struct Place {
    const GroupRow* group = nullptr;
    const MembershipRow* member = nullptr;
};

/// Where somebody sits or leads now.
std::vector<Place> places_of(const CohortSnapshot& cohort, UserId user) {
    std::vector<Place> places;
    for (const GroupRow& group : cohort.groups) {
        if (!is_running(group)) continue;
        for (const MembershipRow& member : group.members) {
            if (member.user_id == user && member.status == MembershipStatus::active)
                places.push_back({&group, &member});
        }
    }
    return places;
}

void leave(const Place& place, CohortChanges& changes) {
    const GroupId group = place.group->group_id;
    const UserId user = place.member->user_id;
    changes.members.push_back({group, user, place.member->role, MembershipStatus::removed});
    // A pin says that somebody stays here: it must not bind them when they are back one day.
    if (place.member->pinned) changes.pins.push_back({group, user, false});
}

/// Everybody concerned is grouped when they are in a running group afterwards, else awaits grouping.
void settle_signups(const CohortSnapshot& cohort, CohortChanges& changes) {
    CohortSnapshot after = cohort;
    apply_changes(changes, after);
    std::vector<UserId> concerned;
    for (const MemberChange& change : changes.members) concerned.push_back(change.user_id);
    for (const UserId user : concerned) {
        const SignupRow* signup = signup_of(cohort, user);
        if (signup == nullptr) continue;
        const GroupingStatus status =
            places_of(after, user).empty() ? GroupingStatus::awaiting_grouping : GroupingStatus::grouped;
        const bool noted =
            std::any_of(changes.signups.begin(), changes.signups.end(),
                        [&](const SignupChange& change) { return change.signup_id == signup->signup_id; });
        if (status != signup->grouping_status && !noted)
            changes.signups.push_back({signup->signup_id, status, false});
    }
}

void note_what_follows(const CohortSnapshot& cohort, EditDraft& draft) {
    CohortSnapshot after = cohort;
    apply_changes(draft.changes, after);
    for (const SignupChange& change : draft.changes.signups) {
        if (change.grouping_status != GroupingStatus::awaiting_grouping) continue;
        for (const SignupRow& signup : cohort.signups)
            if (signup.signup_id == change.signup_id)
                draft.notes.push_back(signup.display_name() + " awaits grouping again");
    }
    for (const MemberChange& change : draft.changes.members) {
        const GroupRow* group = group_of(after, change.group_id);
        const bool empty = std::none_of(
            group->members.begin(), group->members.end(),
            [](const MembershipRow& member) { return member.status == MembershipStatus::active; });
        if (empty) draft.notes.push_back(group->group_name + " has nobody left");
    }
}

void finish(const CohortSnapshot& cohort, EditDraft& draft) {
    if (draft.changes.empty()) return;
    settle_signups(cohort, draft.changes);
    note_what_follows(cohort, draft);
}

void note_missed(const CohortSnapshot& cohort, UserId user, const GroupRow& group, const ZoneTable& zones,
                 Instant now, EditDraft& draft) {
    std::string missed = missed_meetings(cohort, draft.changes, group.group_id, user, zones, now);
    if (!missed.empty()) draft.notes.push_back(std::move(missed));
}

InputFaults fault(const CohortSnapshot& cohort, UserId user, std::string message) {
    return {{"person", in_quotes(name_of(cohort, user)), std::move(message)}};
}

std::string names_of(const std::vector<Place>& places) {
    std::string names;
    for (const Place& place : places) names += (names.empty() ? "" : ", ") + place.group->group_name;
    return names;
}

/// Follows the new facilitator's clock from the next meeting on.
void follow_zone(const CohortSnapshot& cohort, const GroupRow& group, UserId leader, const ZoneTable& zones,
                 Instant now, CohortChanges& changes) {
    const SignupRow* signup = signup_of(cohort, leader);
    if (cohort.cohort.settings.anchor != "facilitator" || signup == nullptr || !signup->timezone) return;
    const ZonePtr zone = zones.find(*signup->timezone);
    const auto next = std::find_if(group.meetings.begin(), group.meetings.end(),
                                   [&](const MeetingRow& meeting) { return meeting.scheduled_time > now; });
    if (!zone || next == group.meetings.end() || group.anchor == zone->name()) return;
    const WeeklyTime to{zone, WeeklyStart{minute_of_week(zone->to_local(next->scheduled_time))}};
    if (auto change = time_change(cohort, group, to, zones, now)) changes.times.push_back(*std::move(change));
}

/// `user` leads the group, nobody else does.
void take_lead(UserId user, const GroupRow& group, CohortChanges& changes) {
    for (const MembershipRow& member : group.members) {
        const bool other_leader = member.role == Role::facilitator && member.user_id != user &&
                                  member.status == MembershipStatus::active;
        if (other_leader) leave({&group, &member}, changes);
    }
    changes.members.push_back({group.group_id, user, Role::facilitator, MembershipStatus::active});
}

}  // namespace

tl::expected<EditDraft, InputFaults> draft_move(const CohortSnapshot& cohort, UserId user, const GroupRow& to,
                                                const ZoneTable& zones, Instant now) {
    std::vector<Place> places = places_of(cohort, user);
    const SignupRow* signup = signup_of(cohort, user);
    EditDraft draft;
    draft.command = "move";
    const bool there = std::any_of(places.begin(), places.end(),
                                   [&](const Place& place) { return place.group->group_id == to.group_id; });
    if (there) {
        draft.summary = name_of(cohort, user) + " is in " + to.group_name + " already";
        return draft;
    }
    if (signup->role == Role::facilitator) {
        if (places.size() > 1) {
            return tl::unexpected(fault(
                cohort, user,
                "leads " + names_of(places) + "; remove them from one of these and let them lead the other"));
        }
        take_lead(user, to, draft.changes);
        follow_zone(cohort, to, user, zones, now, draft.changes);
    } else {
        draft.changes.members.push_back({to.group_id, user, Role::participant, MembershipStatus::active});
    }
    for (const Place& place : places) leave(place, draft.changes);
    draft.summary = name_of(cohort, user) + " moves " +
                    (places.empty() ? "" : "from " + names_of(places) + " ") + "to " + to.group_name;
    finish(cohort, draft);
    note_missed(cohort, user, to, zones, now, draft);
    return draft;
}

tl::expected<EditDraft, InputFaults> draft_remove(const CohortSnapshot& cohort, UserId user,
                                                  const GroupRow* from) {
    const std::vector<Place> places = places_of(cohort, user);
    EditDraft draft;
    draft.command = "remove";
    if (places.empty()) return tl::unexpected(fault(cohort, user, "is in no group"));
    if (from == nullptr && places.size() > 1) {
        return tl::unexpected(
            fault(cohort, user, "is in several groups; say which one: " + names_of(places)));
    }
    const GroupId group = from != nullptr ? from->group_id : places.front().group->group_id;
    for (const Place& place : places) {
        if (place.group->group_id != group) continue;
        leave(place, draft.changes);
        draft.summary = name_of(cohort, user) + " leaves " + place.group->group_name;
    }
    if (draft.changes.empty()) return tl::unexpected(fault(cohort, user, "is not in " + from->group_name));
    finish(cohort, draft);
    return draft;
}

EditDraft draft_lead(const CohortSnapshot& cohort, UserId user, const GroupRow& group, const ZoneTable& zones,
                     Instant now) {
    EditDraft draft;
    draft.command = "lead";
    draft.summary = name_of(cohort, user) + " leads " + group.group_name;
    const std::vector<Place> places = places_of(cohort, user);
    const bool leads = std::any_of(places.begin(), places.end(), [&](const Place& place) {
        return place.group->group_id == group.group_id && place.member->role == Role::facilitator;
    });
    if (leads) return draft;
    take_lead(user, group, draft.changes);
    follow_zone(cohort, group, user, zones, now, draft.changes);
    finish(cohort, draft);
    note_missed(cohort, user, group, zones, now, draft);
    return draft;
}

}  // namespace convene
