// R3: every member, the facilitator included, can attend. A start off the grid,
// or in a zone that the cohort's anchor does not allow, is none to attend.
#include <algorithm>

#include "core/rules/rules.h"
#include "core/time/attendance.h"

namespace convene::rules {
namespace {

bool is_zone_of_member(const JudgedPlan& plan, const JudgedGroup& group, const std::string& zone) {
    const auto lives_there = [&](int person) { return plan.person(person).zone->name() == zone; };
    if (group.facilitator >= 0 && lives_there(group.facilitator)) return true;
    return std::any_of(group.participants.begin(), group.participants.end(), lives_there);
}

/// Empty when the cohort's anchor allows the group's; else what would be right.
std::string anchor_wanted(const JudgedPlan& plan, const JudgedGroup& group) {
    const Anchor& anchor = plan.problem().schedule().anchor;
    const std::string& chosen = group.planned->anchor;
    const auto only = [&](const std::string& name) { return chosen == name ? "" : "must be " + name; };
    switch (anchor.kind) {
        case Anchor::Kind::utc:
            return only("UTC");
        case Anchor::Kind::zone:
            return only(anchor.zone->name());
        case Anchor::Kind::facilitator:
            if (group.planned->facilitator.empty()) return only("UTC");
            if (group.facilitator < 0) return "";  // R1 names the unknown facilitator
            return only(plan.person(group.facilitator).zone->name());
        case Anchor::Kind::best:
            return chosen == "UTC" || is_zone_of_member(plan, group, chosen)
                       ? ""
                       : "must be UTC or the zone of a member";
    }
    return "";
}

void check_start(const JudgedPlan& plan, const JudgedGroup& group, Violations& found) {
    const std::string& name = group.planned->name;
    const std::string wanted = anchor_wanted(plan, group);
    if (!wanted.empty())
        found.push_back(
            {"R3", name,
             name + " keeps its time in " + group.planned->anchor + "; by the cohort's anchor it " + wanted});
    const int step = plan.problem().rules().start_step_minutes;
    if (in_week(group.planned->start) && group.planned->start.minute_of_day() % step != 0)
        found.push_back({"R3", name,
                         name + " starts on " + to_string(group.planned->start) + ", off the grid of " +
                             std::to_string(step) + " minutes"});
}

std::string why_missed(const JudgedPlan& plan, const JudgedGroup& group, const Person& person) {
    const auto missed = static_cast<std::size_t>(group.series->first_missed(person, plan.problem().rules()));
    const Instant when = group.series->meetings()[missed];
    const int minutes = plan.problem().schedule().meeting_minutes;
    const WeeklySet all = person.available.united_with(person.if_needed);
    std::string text = "meeting " + std::to_string(missed + 1) + " of " +
                       std::to_string(group.series->meetings().size()) + ", " + to_iso8601(when) + ", is ";
    text += hours_text(local_windows(person.clock(), when, minutes).front()) + " in " + person.clock().name();
    return text + (is_free(person.clock(), all, when, minutes)
                       ? ", which they gave as if needed only, and this cohort does not use such hours"
                       : ", outside their hours");
}

void check_member(const JudgedPlan& plan, const JudgedGroup& group, int person, Violations& found) {
    if (plan.attendance(group, person) != Attendance::cannot) return;
    const std::string& name = group.planned->name;
    found.push_back({"R3", name,
                     plan.label(person) + " cannot attend " + name + ": " +
                         why_missed(plan, group, plan.person(person))});
}

}  // namespace

void check_r3_attendance(const JudgedPlan& plan, Violations& found) {
    for (const JudgedGroup& group : plan.groups()) {
        if (group.anchor && !group.in_place) check_start(plan, group, found);
        if (group.series == nullptr) continue;
        if (group.facilitator >= 0 && !group.kept_facilitator())
            check_member(plan, group, group.facilitator, found);
        for (const int person : group.participants)
            if (!group.kept(person)) check_member(plan, group, person, found);
    }
}

}  // namespace convene::rules
