// src/app/move_verdicts.h: what each group would say to one person, before anybody is moved.
#pragma once
#include <optional>
#include <vector>

#include "app/board_state.h"
#include "core/rules/check_plan.h"

namespace convene {

struct MoveVerdict {
    GroupId group_id;
    bool here = false;                  ///< they are there already; the rest says how that is
    std::vector<Violation> violations;  ///< what the edit would be refused for; empty: they fit
    bool if_needed = false;             ///< they would rely on if-needed hours
    int size = 0;                       ///< of the group afterwards, as the cohort counts
    Score after;                        ///< of the whole cohort afterwards
};

struct MoveVerdicts {
    UserId user_id;
    Role role = Role::participant;
    Score now;
    std::vector<MoveVerdict> groups;  ///< running groups, by id
};

/// A participant would move to each group, a facilitator would lead it: what edit_cohort() says to the same
/// order, for all groups at once. Empty for somebody who is not signed up.
[[nodiscard]] std::optional<MoveVerdicts> move_verdicts(const BoardState& state, UserId user,
                                                        const ZoneTable& zones, Instant now);

}  // namespace convene
