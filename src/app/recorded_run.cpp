#include "app/recorded_run.h"

#include <utility>

namespace convene {

RecordedRun::RecordedRun(CohortStore& store, const Clock& clock, CohortId cohort, RunRecord begun)
    : store_(store), clock_(clock), record_(std::move(begun)) {
    record_.started_at = clock_.now();
    record_.result = "{}";
    record_.run_id = store_.begin_run(cohort, record_);
    open_ = record_.run_id.value != 0;
}

RecordedRun::~RecordedRun() {
    try_finish("failed", "{}");
}

RunRecord RecordedRun::ending(std::string_view status, std::string result) const {
    RunRecord record = record_;
    record.status = status;
    record.result = std::move(result);
    record.finished_at = clock_.now();
    return record;
}

void RecordedRun::finish(std::string_view status, std::string result) {
    if (!open_) return;
    store_.finish_run(ending(status, std::move(result)));
    open_ = false;
}

void RecordedRun::forget() {
    if (!open_) return;
    store_.forget_run(record_.run_id);
    open_ = false;
}

void RecordedRun::try_finish(std::string_view status, std::string result) noexcept {
    try {
        finish(status, std::move(result));
    } catch (const std::exception&) {
        // The record stays as one that never ended.
    }
}

}  // namespace convene
