// src/app/build_problem.h: from what the database says to a Problem.
//
// A bad row never stops good ones: whoever cannot be scheduled is set aside by
// name and reason. Whoever is set aside stays in the Problem without hours, so
// that the rules that name them (together, R1) still hold.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/cohort_snapshot.h"
#include "core/model/problem.h"
#include "core/time/zone_table.h"

namespace convene {

/// Spelled as in reports.
enum class SetAsideReason { no_timezone, unknown_timezone, malformed_availability, not_certified };
[[nodiscard]] std::string_view to_string(SetAsideReason reason) noexcept;

struct SetAsidePerson {
    UserId user_id;
    std::string name;
    Role role = Role::participant;
    SetAsideReason reason = SetAsideReason::no_timezone;
    std::string message;  ///< one sentence: what stands there and what would be right

    friend bool operator==(const SetAsidePerson&, const SetAsidePerson&) = default;
};

/// What one run uses instead of the cohort's own settings.
struct ProblemOverrides {
    std::optional<int> min_size;
    std::optional<int> max_size;
    std::optional<int> meeting_minutes;
    bool no_if_needed = false;
};

/// Which group rows a Problem treats as fixed.
enum class KeepGroups {
    running,  ///< forming and active ones stay as they are: for scheduling and explaining
    none,     ///< everybody is free: for judging a state by itself
};

struct CohortProblem {
    Problem problem;
    std::map<UserId, std::string> id_of;  ///< person ids in the Problem
    std::map<std::string, UserId> user_of;
    std::vector<SetAsidePerson> set_aside;  ///< by user id
    /// Participants who look for a group now, set-aside ones included; by user id.
    std::vector<UserId> eligible;
    /// Fixed groups by their name in the Problem (group names may repeat in a
    /// database; a Problem needs them unique).
    std::map<std::string, GroupId> fixed_group_of;
    std::vector<std::string>
        warnings;  ///< groups left out, members without a sign-up, zones without clock changes
};

/// Faults only for what concerns all: rules, dates, the anchor. Paths `cohort.…`, `rules.…`.
[[nodiscard]] tl::expected<CohortProblem, InputFaults> build_problem(const CohortSnapshot& cohort,
                                                                     const ZoneTable& zones,
                                                                     const ProblemOverrides& overrides = {},
                                                                     KeepGroups keep = KeepGroups::running);

}  // namespace convene
