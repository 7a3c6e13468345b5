// src/core/model/problem.h: one cohort to be grouped, complete and checked.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/model/cohort.h"
#include "core/model/input_fault.h"
#include "core/model/person.h"
#include "core/time/weekly_start.h"

namespace convene {

/// A group that exists already and must stay as it is (R9). Solving may add
/// participants to it up to max_size, and changes nothing else.
struct FixedGroup {
    std::string name;
    ZonePtr anchor;  ///< the zone in which `start` is meant
    WeeklyStart start;
    std::vector<Instant> meetings;          ///< the stored instants when they differ from the weekly rule (a
                                            ///< postponed week); empty: by the rule
    std::string facilitator;                ///< person id, empty for a self-led group
    std::vector<std::string> participants;  ///< person ids
    /// How many of `meetings`, from the first, ask nothing of anybody any more: they took place before the
    /// group got its present weekly time.
    int over = 0;
};

/// The stored instants, or those that its weekly start has in this calendar.
[[nodiscard]] std::vector<Instant> meetings_of(const Schedule& schedule, const FixedGroup& group);

/// A meeting that a person already has outside this cohort (R6).
struct Booking {
    std::string person;
    Instant start;
    int minutes = 60;
};

/// Groups that a facilitator leads in other running cohorts (R5).
struct OutsideLoad {
    std::string person;
    int groups = 0;
};

/// Raw input of a Problem, in the order of its source.
struct ProblemInput {
    Schedule schedule;
    Rules rules;
    std::vector<Person> people;
    std::vector<std::vector<std::string>> together;  ///< R7, sets of person ids
    std::vector<std::vector<std::string>> apart;     ///< R8
    std::vector<FixedGroup> fixed_groups;
    std::vector<Booking> bookings;
    std::vector<OutsideLoad> outside_load;
    /// Groups that a plan may change and whose meetings are not where the weekly rule puts them: a plan
    /// that leaves one at its start is judged by the stored instants.
    std::vector<FixedGroup> standing_groups = {};
};

/// Validated once, constant after: whoever holds a Problem may rely on unique
/// ids, non-null zones, known references and ranges as documented in
/// cohort.h. People are sorted by id, so that the order of rows in the
/// source cannot change a result. Thread-safe, as it never changes.
class Problem {
public:
    /// Faults carry paths into the input: `people[3].id`, `rules.max_size`, `together[0][1]`.
    [[nodiscard]] static tl::expected<Problem, InputFaults> build(ProblemInput input);

    [[nodiscard]] const Schedule& schedule() const noexcept { return input_.schedule; }
    [[nodiscard]] const Rules& rules() const noexcept { return input_.rules; }
    /// Sorted by id.
    [[nodiscard]] const std::vector<Person>& people() const noexcept { return input_.people; }
    [[nodiscard]] const std::vector<std::vector<std::string>>& together() const noexcept {
        return input_.together;
    }
    [[nodiscard]] const std::vector<std::vector<std::string>>& apart() const noexcept { return input_.apart; }
    [[nodiscard]] const std::vector<FixedGroup>& fixed_groups() const noexcept { return input_.fixed_groups; }
    [[nodiscard]] const std::vector<FixedGroup>& standing_groups() const noexcept {
        return input_.standing_groups;
    }
    [[nodiscard]] const std::vector<Booking>& bookings() const noexcept { return input_.bookings; }

    [[nodiscard]] const std::vector<OutsideLoad>& outside_load() const noexcept {
        return input_.outside_load;
    }

    /// Indices into people(), rising.
    [[nodiscard]] const std::vector<int>& participants() const noexcept { return participants_; }
    [[nodiscard]] const std::vector<int>& facilitators() const noexcept { return facilitators_; }
    /// Index into people(), or -1.
    [[nodiscard]] int index_of(std::string_view id) const noexcept;

    /// R1: groups need a facilitator exactly when somebody signed up as one (on leave or not).
    [[nodiscard]] bool facilitated() const noexcept { return !facilitators_.empty(); }
    /// How many groups of this cohort this person may lead: max_groups less the groups led elsewhere, at
    /// least 0.
    [[nodiscard]] int capacity(int person) const noexcept {
        return capacity_[static_cast<std::size_t>(person)];
    }

private:
    explicit Problem(ProblemInput input);

    ProblemInput input_;
    std::vector<int> participants_;
    std::vector<int> facilitators_;
    std::vector<int> capacity_;  ///< by index into people(); 0 for participants
};

}  // namespace convene
