// src/app/schedule_changes.h: from a plan to what is written and what is told.
#pragma once
#include "app/build_problem.h"
#include "app/cohort_changes.h"
#include "app/schedule_cohort.h"

namespace convene {

/// Gives the plan's new groups their names in this cohort.
void name_new_groups(const CohortSnapshot& cohort, const CohortProblem& problem, Plan& plan);

/// New groups, additions to existing ones, and everybody's grouping status. People who were left out
/// before and are again change nothing: a run that changes nobody's standing has no changes.
[[nodiscard]] CohortChanges schedule_changes(const CohortSnapshot& cohort, const CohortProblem& problem,
                                             const Plan& plan);

/// Fills what follows from the plan: groups, additions, unassigned, set aside, warnings, counts.
void describe_plan(const CohortSnapshot& cohort, const CohortProblem& problem, const Plan& plan,
                   SchedulingResult& result);

}  // namespace convene
