// src/app/archive_cohort.h: a cohort ends: Discord first, then the database.
//
// The database forgets nothing: groups, memberships and the cohort become
// `completed`. Until then an archive that was cut short can be run again, and
// afterwards too: there is then nothing left to do.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "app/ports/clock.h"
#include "app/ports/cohort_store.h"
#include "app/ports/realizer.h"

namespace convene {

enum class ArchiveStatus {
    done,
    nothing_to_do,  ///< archived already
    no_cohort,
    blocked,      ///< see the notes; nothing was begun
    busy,         ///< another process realizes or archives this cohort
    interrupted,  ///< run again to go on
    incomplete,   ///< some steps could not be done: the cohort is not completed yet
    failed,       ///< Discord or the database failed on the way
    stale,        ///< Discord is done, but the cohort kept changing in the database: run again
};
[[nodiscard]] std::string_view to_string(ArchiveStatus status) noexcept;

struct ArchiveOptions {
    bool delete_channels = false;  ///< otherwise they stay, to be read only
    std::function<void(const RealizationProgress&)> on_progress;
    std::function<bool()> should_stop;
    std::string job_id;  ///< empty: a fresh one
};

struct ArchiveResult {
    ArchiveStatus status = ArchiveStatus::done;
    std::string cohort_name;
    RealizationOutcome outcome;  ///< what was done in the database is the last of `done`
    RunId run_id;
    std::string job_id;
};

/// What an archive would do, on Discord and in the database; reads only.
/// \param realizer  null: the cohort has nothing on Discord, or nobody wants to look there
[[nodiscard]] RealizationPlan plan_archive(CohortStore& store, Realizer* realizer, CohortId cohort,
                                           const ArchiveOptions& options);

/// Under the lock that realize takes; recorded as a run. \throws DiscordFailure, StoreFailure before the
/// first change
[[nodiscard]] ArchiveResult archive_cohort(CohortStore& store, Realizer* realizer, const Clock& clock,
                                           CohortId cohort, const ArchiveOptions& options);

}  // namespace convene
