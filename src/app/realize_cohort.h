// src/app/realize_cohort.h: build the Discord homes of persisted groups.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "app/ports/clock.h"
#include "app/ports/cohort_store.h"
#include "app/ports/realizer.h"

namespace convene {

enum class RealizeStatus {
    done,           ///< every step carried out
    nothing_to_do,  ///< Discord already shows what the database says
    no_groups,      ///< the cohort has no running group: schedule first
    blocked,        ///< see the plan's notes; nothing was begun
    busy,           ///< another process realizes this cohort
    interrupted,    ///< some steps are not done; run again to go on
    incomplete,     ///< ended with steps that could not be done: see the outcome
    failed,         ///< Discord or the database failed on the way: see the outcome's failure
};
[[nodiscard]] std::string_view to_string(RealizeStatus status) noexcept;

struct RealizeOptions {
    RealizationOptions realization;
    std::function<void(const RealizationProgress&)> on_progress;
    std::function<bool()> should_stop;
    std::string job_id;  ///< empty: a fresh one
    std::string author;  ///< who asked for it, kept with the run; empty: not known
};

struct RealizeResult {
    RealizeStatus status = RealizeStatus::done;
    RealizationOutcome outcome;
    RunId run_id;  ///< value 0 when it was busy or there are no groups
    std::string job_id;
};

/// Reads only.
[[nodiscard]] RealizationPlan plan_realization(Realizer& realizer, CohortId cohort,
                                               const RealizationOptions& options = {});

/// Compares, refuses when something stands in the way, carries out under the cohort's lock, and records
/// a run that had something to do.
/// \throws DiscordFailure, StoreFailure when it failed before the first change; later failures are
/// told in the outcome. Every run is recorded from its beginning, and what was done is in the journal
[[nodiscard]] RealizeResult realize_cohort(CohortStore& store, Realizer& realizer, const Clock& clock,
                                           CohortId cohort, const RealizeOptions& options = {});

}  // namespace convene
