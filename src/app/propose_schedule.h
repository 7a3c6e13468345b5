// src/app/propose_schedule.h: a schedule worked out now, to be looked at and accepted later.
#pragma once
#include "app/schedule_cohort.h"

namespace convene {

struct Proposal {
    SchedulingResult result;  ///< status `planned`, or why there is nothing to accept
    CohortSnapshot cohort;    ///< as it was read
    CohortChanges changes;    ///< what accepting writes
    RunRecord record;         ///< what is kept of it then
};

/// Reads and solves; writes nothing, whatever options.dry_run says. One proposal for each plan that was
/// found, at most options.plans and at least one, best first. Faults and exceptions as schedule_cohort().
/// \param attempt  2 and up: the cohort changed meanwhile
[[nodiscard]] tl::expected<std::vector<Proposal>, InputFaults> propose_schedules(
    CohortStore& store, const ZoneTable& zones, const Clock& clock, CohortId cohort,
    const ScheduleOptions& options, int attempt = 1);

/// Writes a planned proposal: `scheduled`, or `stale` when the cohort has changed since it was read.
/// \param author  who accepts it, kept with the run; empty: not known
[[nodiscard]] SchedulingResult accept_proposal(CohortStore& store, const Proposal& proposal,
                                               const std::string& author = {});

}  // namespace convene
