// src/core/solve/units.h: what together and apart sets make of the participants (R7, R8).
#pragma once
#include <vector>

#include "core/model/problem.h"

namespace convene {

/// Free participants who are placed in one group or not at all, and what binds them.
struct Fellowship {
    std::vector<int> members;     ///< indices into people(), rising
    int leader = -1;              ///< person who must lead their group, or -1
    bool leader_bound = false;    ///< leader is meant
    std::vector<int> led;         ///< fixed groups that `leader` leads, rising; when leader_bound
    int home = -1;                ///< the fixed group where one of their set sits already, or -1
    std::vector<int> barred;      ///< fixed groups with somebody they are to be kept apart from, rising
    std::vector<int> not_led_by;  ///< persons, rising
    std::vector<int> apart_sets;  ///< numbers below Company::apart_sets, rising
};

struct Company {
    std::vector<Fellowship>
        bonds;           ///< by first member; without those whom the sets forbid to be placed at all
    int apart_sets = 0;  ///< only those that keep two bonds apart are numbered
};

[[nodiscard]] Company join_units(const Problem& problem);

}  // namespace convene
