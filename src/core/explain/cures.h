// src/core/explain/cures.h: which changes would place people who are left out.
#pragma once
#include <vector>

#include "core/model/cure.h"
#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene {

/// Gives everybody in `plan.unplaced` the cheapest cure found (decision 032): hours
/// of their own that lead to a free seat of a named group, a facilitator's hours or one more group
/// of theirs, or, where nothing else helps, another size limit. Each is certain to place at least
/// Cure::places people beyond those whom the plan places.
void add_cures(const Problem& problem, Plan& plan);

/// For the organiser: few changes that place many people, the next one being the best once
/// those before it are made. The numbers of `places` add up.
[[nodiscard]] std::vector<Cure> rank_cures(const Problem& problem, const Plan& plan,
                                           std::size_t at_most = 10);

/// Makes the change in a cohort. What solve() then finds places at least `places` people more.
void apply_cure(ProblemInput& cohort, const Cure& cure);

}  // namespace convene
