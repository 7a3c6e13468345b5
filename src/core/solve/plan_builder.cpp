#include "core/solve/plan_builder.h"

#include <algorithm>
#include <set>

#include "core/model/members_outside.h"
#include "core/solve/attendance_map.h"
#include "core/solve/rules/hard_rules.h"
#include "core/solve/slots.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

class PlanBuilder {
public:
    PlanBuilder(const Instance& instance, const Solution& solution)
        : in_(instance), problem_(*instance.problem), solution_(solution), map_(problem_) {}

    Plan run() {
        add_standing_groups();
        for (const Solution::Group& group : solution_.groups) {
            if (in_.slots[at(group.slot)].fixed >= 0)
                extend_standing(group);
            else
                add_new(group);
        }
        name_groups();
        for (Draft& draft : drafts_) finish(draft);
        for (const HardRulePtr& rule : in_.rules) rule->complete(in_, plan_);
        return std::move(plan_);
    }

private:
    struct Draft {
        PlannedGroup group;
        ZonePtr anchor;
        std::vector<int> members;  ///< facilitator included, known people
        bool fixed = false;
    };

    [[nodiscard]] const Person& person(int index) const { return problem_.people()[at(index)]; }

    void add_standing_groups() {
        for (const FixedGroup& fixed : in_.standing) {
            Draft draft;
            draft.fixed = true;
            draft.anchor = fixed.anchor;
            draft.group.name = fixed.name;
            draft.group.start = fixed.start;
            draft.group.meetings = meetings_of(problem_.schedule(), fixed);
            draft.group.facilitator = fixed.facilitator;
            if (!fixed.facilitator.empty()) draft.members.push_back(problem_.index_of(fixed.facilitator));
            for (const std::string& id : fixed.participants) seat(draft, problem_.index_of(id));
            drafts_.push_back(std::move(draft));
        }
    }

    void extend_standing(const Solution::Group& group) {
        Draft& draft = drafts_[at(in_.slots[at(group.slot)].fixed)];
        for (const int unit : group.units)
            for (const int member : in_.units[at(unit)].members) seat(draft, member);
    }

    void add_new(const Solution::Group& group) {
        Draft draft;
        if (group.leader >= 0) {
            const int leader = in_.leaders[at(group.leader)].person;
            draft.group.facilitator = person(leader).id;
            draft.members.push_back(leader);
        }
        for (const int unit : group.units)
            for (const int member : in_.units[at(unit)].members) seat(draft, member);
        const Slot& slot = in_.slots[at(group.slot)];
        const SlotLabel& label = label_of(in_, group.slot, group.leader, group.units);
        draft.anchor = label.zone;
        draft.group.start = label.start;
        draft.group.meetings = slot.meetings;
        drafts_.push_back(std::move(draft));
    }

    void seat(Draft& draft, int member) {
        draft.group.participants.push_back(person(member).id);
        draft.members.push_back(member);
    }

    /// New groups are numbered in the order of the plan, passing over names that are taken.
    void name_groups() {
        std::set<std::string> taken;
        for (const Draft& draft : drafts_) taken.insert(draft.group.name);
        std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
            if (a.group.meetings.front() != b.group.meetings.front())
                return a.group.meetings.front() < b.group.meetings.front();
            if (a.group.facilitator != b.group.facilitator) return a.group.facilitator < b.group.facilitator;
            if (a.fixed != b.fixed) return a.fixed;
            return a.group.participants < b.group.participants;
        });
        int number = 0;
        for (Draft& draft : drafts_) {
            if (draft.fixed) continue;
            do draft.group.name = "Group " + std::to_string(++number);
            while (taken.contains(draft.group.name));
        }
    }

    void finish(Draft& draft) {
        PlannedGroup& group = draft.group;
        group.anchor = draft.anchor->name();
        std::sort(group.participants.begin(), group.participants.end());
        const int series = map_.add(group.meetings);
        const std::set<int> members(draft.members.begin(), draft.members.end());
        for (const int member : members)
            if (map_.presence(person(member), series) == Presence::if_needed)
                group.if_needed.push_back(person(member).id);
        std::sort(group.if_needed.begin(), group.if_needed.end());
        group.spare_starts = spare_starts(*draft.anchor, group.start, members);
        if (problem_.rules().fit == Fit::first_meeting) group.outside = members_outside(problem_, group);
        plan_.objective.placed += static_cast<int>(std::count_if(
            members.begin(), members.end(), [&](int m) { return person(m).role == Role::participant; }));
        plan_.objective.if_needed += static_cast<int>(group.if_needed.size());
        plan_.groups.push_back(std::move(group));
    }

    std::vector<WeeklyStart> spare_starts(const Zone& anchor, WeeklyStart own, const std::set<int>& members) {
        const Grid& grid = grid_of(anchor);
        std::vector<WeeklyStart> spare;
        for (const auto& [start, series] : grid) {
            if (start == own) continue;
            const bool all = std::all_of(members.begin(), members.end(), [&, number = series](int member) {
                return map_.presence(person(member), number) != Presence::absent;
            });
            if (all) spare.push_back(start);
        }
        return spare;
    }

    using Grid = std::vector<std::pair<WeeklyStart, int>>;
    const Grid& grid_of(const Zone& anchor) {
        const auto [entry, added] = grids_.try_emplace(anchor.name());
        if (added) {
            const Schedule& schedule = problem_.schedule();
            for (int minute = 0; minute < kMinutesPerWeek; minute += problem_.rules().start_step_minutes)
                entry->second.emplace_back(
                    WeeklyStart{minute},
                    map_.add(meeting_instants(anchor, WeeklyStart{minute}, schedule.start_date,
                                              schedule.number_of_group_meetings)));
        }
        return entry->second;
    }

    const Instance& in_;
    const Problem& problem_;
    const Solution& solution_;
    AttendanceMap map_;
    std::map<std::string, Grid, std::less<>> grids_;
    std::vector<Draft> drafts_;
    Plan plan_;
};

}  // namespace

Plan build_plan(const Instance& instance, const Solution& solution) {
    return PlanBuilder(instance, solution).run();
}

}  // namespace convene
