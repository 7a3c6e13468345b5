// src/app/judge_edit.h: which rules an edit would break that hold now.
#pragma once
#include <map>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/build_problem.h"
#include "app/cohort_changes.h"
#include "core/model/plan.h"
#include "core/rules/check_plan.h"

namespace convene {

/// What the judge holds against the groups after the changes and did not before, and pins that the
/// changes do not respect (R9). A group that is too large or small already may come nearer to its
/// limits. Faults: the cohort's settings cannot be used.
[[nodiscard]] tl::expected<std::vector<Violation>, InputFaults> new_violations(const CohortSnapshot& before,
                                                                               const CohortChanges& changes,
                                                                               const ZoneTable& zones);

/// What these changes do to places and times that are pinned (R9).
[[nodiscard]] std::vector<Violation> pin_violations(const CohortSnapshot& before,
                                                    const CohortChanges& changes);

/// A plan and the problem it answers; both must outlive it.
struct JudgedState {
    const Problem& problem;
    const Plan& plan;
};
/// What the judge says of a state; kept where many changes of one state are judged.
struct Judgement {
    std::vector<Violation> violations;
    std::map<std::string, int> beyond_size;  ///< by group: how far its size is from what is allowed
};
[[nodiscard]] Judgement judgement_of(JudgedState state);
/// What the judge holds against `after` and did not hold against `before`, pins left aside.
[[nodiscard]] std::vector<Violation> new_violations(Judgement before, JudgedState after);

/// How many members a group has as the cohort counts them: the facilitator only if the rules say so.
[[nodiscard]] int counted_size(const PlannedGroup& group, const Rules& rules);

}  // namespace convene
