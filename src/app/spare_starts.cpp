#include "app/spare_starts.h"

#include <algorithm>
#include <tuple>

#include "app/judge_edit.h"
#include "app/partial_problem.h"
#include "core/rules/judged_plan.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

/// How many members rely on if-needed hours; empty when somebody cannot attend.
std::optional<int> if_needed_at(const Series& series, const Problem& problem, const PlannedGroup& group) {
    int count = 0;
    std::vector<std::string> members = group.participants;
    if (!group.facilitator.empty()) members.push_back(group.facilitator);
    for (const std::string& id : members) {
        const Person& person = problem.people()[static_cast<std::size_t>(problem.index_of(id))];
        const Attendance attendance = series.attendance(person, problem.rules());
        if (attendance == Attendance::cannot) return std::nullopt;
        if (attendance == Attendance::if_needed) ++count;
    }
    return count;
}

}  // namespace

std::vector<SpareStart> spare_starts(const BoardState& state, GroupId group_id, const ZoneTable& zones) {
    const auto fixed = state.problem.groups.find(group_id);
    if (fixed == state.problem.groups.end()) return {};
    const ZonePtr anchor = zones.find(fixed->second.anchor->name());
    std::set<std::size_t> concerned;
    for (std::size_t i = 0; i < state.plan.groups.size(); ++i) {
        const PlannedGroup& group = state.plan.groups[i];
        const bool same_leader =
            !fixed->second.facilitator.empty() && group.facilitator == fixed->second.facilitator;
        if (group.name == fixed->second.name || same_leader) concerned.insert(i);
    }
    if (!anchor || concerned.empty()) return {};
    const PartialProblem part = partial_problem(state, std::move(concerned), {});
    const Schedule& schedule = part.problem.schedule();
    Plan retimed = part.plan;
    const auto group = std::find_if(retimed.groups.begin(), retimed.groups.end(),
                                    [&](const PlannedGroup& g) { return g.name == fixed->second.name; });
    const WeeklyStart present = group->start;
    const Judgement present_judgement = judgement_of({part.problem, part.plan});
    std::vector<SpareStart> found;
    for (int minute = 0; minute < kMinutesPerWeek; minute += part.problem.rules().start_step_minutes) {
        if (minute == present.minute_of_week) continue;
        group->start = WeeklyStart{minute};
        group->meetings =
            meeting_instants(*anchor, group->start, schedule.start_date, schedule.number_of_group_meetings);
        const Series series(group->meetings, part.problem.rules().fit, schedule.meeting_minutes);
        const auto if_needed = if_needed_at(series, part.problem, *group);
        if (!if_needed) continue;
        if (!new_violations(present_judgement, {part.problem, retimed}).empty()) continue;
        found.push_back({group->start, group->meetings.front(), *if_needed});
    }
    std::stable_sort(found.begin(), found.end(), [](const SpareStart& a, const SpareStart& b) {
        return std::tie(a.if_needed, a.start) < std::tie(b.if_needed, b.start);
    });
    return found;
}

}  // namespace convene
