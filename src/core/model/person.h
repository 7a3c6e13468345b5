// src/core/model/person.h: somebody who signed up.
#pragma once
#include <optional>
#include <string>

#include "core/time/weekly_set.h"
#include "core/time/zone.h"

namespace convene {

/// Enumerators are spelled as stored in files and databases.
enum class Role { participant, facilitator };

inline constexpr int kDefaultMaxGroups = 2;

struct Person {
    std::string id;    ///< unique within the problem
    std::string name;  ///< for people to read; may be empty
    Role role = Role::participant;
    int max_groups =
        kDefaultMaxGroups;  ///< facilitators: how many groups at most, other cohorts included; 0 is on leave
    ZonePtr zone;           ///< never null
    WeeklySet available;    ///< local hours
    WeeklySet if_needed;    ///< local hours; minutes that are also in `available` count as available
};

}  // namespace convene
