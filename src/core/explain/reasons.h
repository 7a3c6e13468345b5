// src/core/explain/reasons.h: why each person is in no group, proven.
#pragma once
#include <vector>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene {

/// Everybody who sits in no group of this valid plan, sorted by id, with the first reason that
/// applies and a sentence that carries its numbers; docs/decisions/031-reasons.md defines each. No cure is
/// looked for (see cures.h). A reason says what is so of the plan at hand: a plan that is only
/// `feasible` may be improved, and the sentences then say that it is not proven to be the best.
/// Takes about as long as listing who can attend what: 0.06 s for ten thousand people.
[[nodiscard]] std::vector<UnplacedPerson> explain_unplaced(const Problem& problem, const Plan& plan);

}  // namespace convene
