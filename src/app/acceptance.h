// src/app/acceptance.h: an accepted plan among the edits.
#pragma once
#include <string>

#include "app/ports/clock.h"
#include "app/propose_schedule.h"

namespace convene {

/// Makes a plan that was just written an edit like any other: in the list with who and when, and to be
/// undone as a whole. Value 0 when the cohort has changed in the moment since, or the store failed; the
/// plan stands all the same then, its run says who accepted it, and only it cannot be undone.
/// \param written  what accept_proposal() gave, with status `scheduled`
EditId record_acceptance(CohortStore& store, const Clock& clock, const Proposal& proposal,
                         const SchedulingResult& written, const std::string& author);

}  // namespace convene
