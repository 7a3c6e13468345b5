// src/app/recorded_run.h: a run that is in the database from its first moment.
#pragma once
#include <string>
#include <string_view>

#include "app/ports/clock.h"
#include "app/ports/cohort_store.h"

namespace convene {

/// Writes the record when it is made and completes it once. A process that dies in between leaves a
/// record with status kRunning; an exception that flies past leaves `failed`. Store and clock must outlive
/// it.
class RecordedRun {
public:
    /// \param begun  job_id, kind and options
    RecordedRun(CohortStore& store, const Clock& clock, CohortId cohort, RunRecord begun);
    RecordedRun(const RecordedRun&) = delete;
    RecordedRun& operator=(const RecordedRun&) = delete;
    ~RecordedRun();

    /// Value 0 when there is no such cohort.
    [[nodiscard]] RunId id() const noexcept { return record_.run_id; }
    [[nodiscard]] Instant started_at() const noexcept { return record_.started_at; }

    void finish(std::string_view status, std::string result);
    /// It turned out that bad input had asked for the run: no trace stays.
    void forget();
    /// As finish(), but keeps a failure of the store to itself: there is a more important one to tell of.
    void try_finish(std::string_view status, std::string result) noexcept;
    /// The completed record, for a commit that writes it with everything else.
    [[nodiscard]] RunRecord ending(std::string_view status, std::string result) const;
    /// Somebody else has completed the record, in one transaction with what the run wrote.
    void finished_elsewhere() noexcept { open_ = false; }

private:
    CohortStore& store_;
    const Clock& clock_;
    RunRecord record_;
    bool open_ = true;
};

}  // namespace convene
