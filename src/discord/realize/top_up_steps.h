// src/discord/realize/top_up_steps.h: the part of a plan that needs no organiser.
//
// The running bot looks after cohorts by itself. What an organiser has changed in the database
// meanwhile, perhaps half-way, waits for their `realize`; what time and arrivals bring does not.
#pragma once
#include "app/ports/realization_store.h"
#include "discord/realize/plan_steps.h"

namespace convene::discord {

/// Leaves groups that have homes.
void keep_groups_with_homes(CohortRealization& cohort);

/// Leaves access for members, events in voice channels that exist, the notice to newcomers, and what only
/// the journal must learn.
void keep_top_up_steps(StepPlan& plan);

}  // namespace convene::discord
