#include "core/rules/judged_plan.h"

#include <algorithm>
#include <set>

#include "core/model/person_label.h"
#include "core/time/attendance.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

bool contains_all(const WeeklySet& hours, const std::vector<WeeklyWindow>& windows) {
    return std::all_of(windows.begin(), windows.end(), [&](WeeklyWindow w) { return hours.contains(w); });
}

}  // namespace

Series::Series(std::vector<Instant> meetings, Fit fit, int minutes, std::size_t over)
    : meetings_(std::move(meetings)),
      first_(std::min(over, meetings_.size())),
      end_(fit == Fit::first_meeting ? std::min(first_ + 1, meetings_.size()) : meetings_.size()),
      minutes_(minutes) {}

const std::vector<WeeklyWindow>& Series::windows(const Zone& clock) const {
    for (const auto& [zone, windows] : windows_)
        if (zone == &clock) return windows;
    auto& entry = windows_.emplace_back(&clock, std::vector<WeeklyWindow>{});
    for (std::size_t k = first_; k < end_; ++k)
        add_local_windows(entry.second, clock, meetings_[k], minutes_);
    return entry.second;
}

Attendance Series::attendance(const Person& person, const Rules& rules) const {
    const auto& needed = windows(person.clock());
    if (contains_all(person.available, needed)) return Attendance::available;
    if (!rules.use_if_needed || person.if_needed.empty()) return Attendance::cannot;
    const WeeklySet all = person.available.united_with(person.if_needed);
    return contains_all(all, needed) ? Attendance::if_needed : Attendance::cannot;
}

int Series::first_missed(const Person& person, const Rules& rules) const {
    const WeeklySet hours =
        rules.use_if_needed ? person.available.united_with(person.if_needed) : person.available;
    for (std::size_t k = first_; k < end_; ++k)
        if (!is_free(person.clock(), hours, meetings_[k], minutes_)) return static_cast<int>(k);
    return -1;
}

bool JudgedGroup::kept(int participant) const {
    return in_place && has(participant) &&
           !std::binary_search(additions.begin(), additions.end(), participant);
}

bool JudgedGroup::kept_facilitator() const noexcept {
    return in_place && planned->facilitator == fixed->facilitator;
}

bool JudgedGroup::has(int person) const {
    return std::binary_search(participants.begin(), participants.end(), person);
}

JudgedPlan::JudgedPlan(const Problem& problem, const Plan& plan) : problem_(problem), plan_(plan) {
    zones_.emplace(utc_zone()->name(), utc_zone());
    if (problem.schedule().anchor.zone)
        zones_.emplace(problem.schedule().anchor.zone->name(), problem.schedule().anchor.zone);
    for (const Person& person : problem.people()) zones_.emplace(person.zone->name(), person.zone);
    for (const FixedGroup& group : problem.fixed_groups()) {
        zones_.emplace(group.anchor->name(), group.anchor);
        fixed_.emplace(group.name, &group);
    }
    for (const FixedGroup& group : problem.standing_groups()) standing_.emplace(group.name, &group);
    groups_.reserve(plan.groups.size());
    for (const PlannedGroup& group : plan.groups) groups_.push_back(judge(group));
    group_of_.assign(problem.people().size(), nullptr);
    for (const JudgedGroup& group : groups_) {
        for (const int index : group.participants) {
            const JudgedGroup*& seat = group_of_[static_cast<std::size_t>(index)];
            if (seat == nullptr) seat = &group;
        }
    }
}

JudgedGroup JudgedPlan::judge(const PlannedGroup& group) {
    JudgedGroup judged;
    judged.planned = &group;
    if (const auto found = fixed_.find(group.name); found != fixed_.end()) {
        judged.fixed = found->second;
        judged.in_place = group.start == judged.fixed->start && group.anchor == judged.fixed->anchor->name();
    }
    judged.anchor = judged.in_place ? judged.fixed->anchor : find_zone(group.anchor);
    if (judged.anchor && in_week(group.start)) {
        const FixedGroup* existing = stored(judged);
        judged.series = existing == nullptr ? &series(*judged.anchor, group.start)
                                            : &stored_.emplace_back(existing->meetings, problem_.rules().fit,
                                                                    problem_.schedule().meeting_minutes,
                                                                    static_cast<std::size_t>(existing->over));
    }
    judged.facilitator = problem_.index_of(group.facilitator);
    std::set<int> distinct;
    for (const std::string& id : group.participants)
        if (const int index = problem_.index_of(id); index >= 0) distinct.insert(index);
    judged.participants.assign(distinct.begin(), distinct.end());
    for (const int index : judged.participants) {
        const auto& id = person(index).id;
        const bool before = judged.fixed != nullptr && std::count(judged.fixed->participants.begin(),
                                                                  judged.fixed->participants.end(), id) > 0;
        if (!before) judged.additions.push_back(index);
    }
    return judged;
}

const FixedGroup* JudgedPlan::stored(const JudgedGroup& group) const {
    if (group.in_place) return group.fixed->meetings.empty() ? nullptr : group.fixed;
    const auto standing = standing_.find(group.planned->name);
    const bool at_its_start = standing != standing_.end() &&
                              group.planned->start == standing->second->start &&
                              group.planned->anchor == standing->second->anchor->name();
    return at_its_start ? standing->second : nullptr;
}

Attendance JudgedPlan::attendance(const JudgedGroup& group, int person_index) const {
    return group.series->attendance(person(person_index), problem_.rules());
}

const Series& JudgedPlan::series(const Zone& anchor, WeeklyStart start) const {
    const auto key = std::make_pair(&anchor, start.minute_of_week);
    if (const auto found = by_start_.find(key); found != by_start_.end()) return found->second;
    const Schedule& schedule = problem_.schedule();
    return by_start_
        .emplace(key, Series(meeting_instants(anchor, start, schedule.start_date,
                                              schedule.number_of_group_meetings),
                             problem_.rules().fit, schedule.meeting_minutes))
        .first->second;
}

int JudgedPlan::placed() const {
    const auto& people = problem_.participants();
    return static_cast<int>(
        std::count_if(people.begin(), people.end(), [&](int index) { return group_of(index) != nullptr; }));
}

std::string JudgedPlan::label(int index) const {
    return label_of(person(index));
}

ZonePtr JudgedPlan::find_zone(const std::string& name) const {
    const auto found = zones_.find(name);
    return found == zones_.end() ? nullptr : found->second;
}

}  // namespace convene
