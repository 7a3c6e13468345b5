// src/core/rules/judged_plan.h: a plan looked up in its problem, once for all rules.
#pragma once
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene {

/// How somebody can be at a series of meetings.
enum class Attendance {
    available,  ///< within available hours
    if_needed,  ///< only with if-needed hours, and the cohort uses them
    cannot,
};

/// The meetings of one weekly start, and what they ask of clocks around the world.
class Series {
public:
    /// \param fit   whether all of the meetings must fit or only the first
    /// \param over  how many at the beginning need not: the first is the one after them
    Series(std::vector<Instant> meetings, Fit fit, int minutes, std::size_t over = 0);

    [[nodiscard]] const std::vector<Instant>& meetings() const noexcept { return meetings_; }
    [[nodiscard]] Attendance attendance(const Person& person, const Rules& rules) const;
    /// The first meeting that this person cannot attend, counted from 0; -1 when they can attend all judged
    /// ones.
    [[nodiscard]] int first_missed(const Person& person, const Rules& rules) const;

private:
    const std::vector<WeeklyWindow>& windows(const Zone& clock) const;

    std::vector<Instant> meetings_;
    std::size_t first_;
    std::size_t end_;  ///< of those that must fit
    int minutes_;
    mutable std::vector<std::pair<const Zone*, std::vector<WeeklyWindow>>> windows_;  ///< by clock, on demand
};

struct JudgedGroup {
    const PlannedGroup* planned = nullptr;
    const FixedGroup* fixed = nullptr;  ///< of the same name; null for a new group
    bool in_place = false;              ///< fixed, and still at its time
    ZonePtr anchor;                     ///< null when nobody in the cohort knows that zone
    const Series* series = nullptr;     ///< the stored meetings, or where the start puts them; null without
                                        ///< anchor or start
    int facilitator = -1;               ///< index into people(); -1: none or unknown
    std::vector<int> participants;      ///< indices of known people, rising, each once
    std::vector<int> additions;         ///< those whom the fixed group did not have, or all

    /// Was in this group, at this time, before the plan was made.
    [[nodiscard]] bool kept(int participant) const;
    [[nodiscard]] bool kept_facilitator() const noexcept;
    [[nodiscard]] bool has(int person) const;
};

/// Valid as long as the problem and the plan. Not for several threads at once.
class JudgedPlan {
public:
    JudgedPlan(const Problem& problem, const Plan& plan);
    JudgedPlan(const JudgedPlan&) = delete;
    JudgedPlan& operator=(const JudgedPlan&) = delete;

    [[nodiscard]] const Problem& problem() const noexcept { return problem_; }
    [[nodiscard]] const Plan& plan() const noexcept { return plan_; }
    [[nodiscard]] const std::vector<JudgedGroup>& groups() const noexcept { return groups_; }
    [[nodiscard]] const Person& person(int index) const {
        return problem_.people()[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] Attendance attendance(const JudgedGroup& group, int person) const;
    /// The meetings of a start by the weekly rule.
    [[nodiscard]] const Series& series(const Zone& anchor, WeeklyStart start) const;
    /// The first group in which this person sits as a participant; null when there is none.
    [[nodiscard]] const JudgedGroup* group_of(int person) const {
        return group_of_[static_cast<std::size_t>(person)];
    }
    /// Participants (by role) who sit in a group, each once.
    [[nodiscard]] int placed() const;

    /// As label_of().
    [[nodiscard]] std::string label(int person) const;

private:
    [[nodiscard]] ZonePtr find_zone(const std::string& name) const;
    [[nodiscard]] JudgedGroup judge(const PlannedGroup& group);
    /// Whose stored meetings count; null: they are by the weekly rule.
    [[nodiscard]] const FixedGroup* stored(const JudgedGroup& group) const;

    const Problem& problem_;
    const Plan& plan_;
    std::map<std::string, ZonePtr, std::less<>> zones_;  ///< all that the cohort knows, by name
    std::map<std::string_view, const FixedGroup*> fixed_;
    std::map<std::string_view, const FixedGroup*> standing_;
    mutable std::map<std::pair<const Zone*, int>, Series> by_start_;
    std::deque<Series> stored_;
    std::vector<JudgedGroup> groups_;
    std::vector<const JudgedGroup*> group_of_;  ///< by index into people()
};

/// A starting day and clock time that exist in a week.
[[nodiscard]] inline bool in_week(WeeklyStart start) noexcept {
    return start.minute_of_week >= 0 && start.minute_of_week < kMinutesPerWeek;
}

}  // namespace convene
