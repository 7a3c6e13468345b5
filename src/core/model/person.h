// src/core/model/person.h: somebody who signed up.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/time/weekly_set.h"
#include "core/time/zone.h"

namespace convene {

/// Enumerators are spelled as stored in files and databases.
enum class Role { participant, facilitator };

[[nodiscard]] std::string_view to_string(Role role) noexcept;
[[nodiscard]] std::optional<Role> role_from(std::string_view text) noexcept;

inline constexpr int kDefaultMaxGroups = 2;

struct Person {
    std::string id;    ///< unique within the problem
    std::string name;  ///< for people to read; may be empty
    Role role = Role::participant;
    /// Facilitators: how many groups at most, those of other cohorts included; 0 is on leave.
    int max_groups = kDefaultMaxGroups;
    /// Never null: where the person is, for display and as an anchor.
    ZonePtr zone;
    /// Whose clock the hours below follow when it is not `zone`'s: UTC for old records. Else null.
    ZonePtr hours_zone;
    /// Weekly hours on clock().
    WeeklySet available;
    /// Likewise; minutes that are also in `available` count as available.
    WeeklySet if_needed;

    /// The zone in which `available` and `if_needed` are meant: what attendance is judged by.
    [[nodiscard]] const Zone& clock() const noexcept { return hours_zone ? *hours_zone : *zone; }
};

}  // namespace convene
