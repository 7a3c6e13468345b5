// tests/support/brute_force.h: the best possible plan of a tiny cohort, by trying everything.
//
// Written to be obviously right: it takes the rules of docs/model.md (with
// decision 030) one group at a time and tries all sets of groups. It shares
// nothing with core/solve or core/rules.
#pragma once
#include <optional>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene::test {

/// O1 and O2 of the best valid plan. Meant for at most 8 participants outside
/// fixed groups, 3 facilitators and a handful of starts that suit several people: the work
/// grows with (starts × facilitators) to the power of the groups that fit.
/// \param must_place  index into people(): only plans that place this participant count
/// \returns nothing when no valid plan places `must_place`
[[nodiscard]] std::optional<Objective> brute_force(const Problem& problem, int must_place = -1);

/// One of the best plans, complete but for the reasons of the unplaced (all `outcompeted`).
[[nodiscard]] Plan brute_force_plan(const Problem& problem);

}  // namespace convene::test
