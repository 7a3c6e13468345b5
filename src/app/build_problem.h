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
enum class SetAsideReason {
    no_timezone,
    unknown_timezone,
    malformed_availability,
    not_certified,
    signed_up_twice,  ///< the further sign-up; the first one is used
};
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

/// What a Problem makes of groups that exist.
enum class KeepGroups {
    running,  ///< forming and active ones are its fixed groups: for scheduling and explaining
    started,  ///< as before, but groups still forming and not pinned stay out of the fixed ones: they are a
              ///< plan's to judge, as they were for the run that formed them
    none,     ///< it has none, and everybody is in it: for judging a state by itself
};

struct CohortProblem {
    Problem problem;
    std::map<UserId, std::string> id_of;  ///< person ids in the Problem
    std::map<std::string, UserId> user_of;
    std::vector<SetAsidePerson> set_aside;  ///< by user id
    /// Participants who look for a group now, set-aside ones included; by user id.
    std::vector<UserId> eligible;
    /// Running groups as a Problem sees them, names made unique. Those whose time cannot be read, or
    /// that nobody leads though the cohort has facilitators, are left out and warned of.
    std::map<GroupId, FixedGroup> groups;
    std::map<std::string, GroupId> group_named;  ///< by the name in `groups`
    /// Groups left out, members without a sign-up, zones without clock changes, and the like.
    std::vector<std::string> warnings;
};

/// Faults only for what concerns all: rules, dates, the anchor. Paths `cohort.…`, `rules.…`.
[[nodiscard]] tl::expected<CohortProblem, InputFaults> build_problem(const CohortSnapshot& cohort,
                                                                     const ZoneTable& zones,
                                                                     const ProblemOverrides& overrides = {},
                                                                     KeepGroups keep = KeepGroups::running);

}  // namespace convene
