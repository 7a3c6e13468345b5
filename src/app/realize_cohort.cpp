#include "app/realize_cohort.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/job_id.h"
#include "app/queries/people.h"

namespace convene {
namespace {

using Json = nlohmann::ordered_json;

std::string outcome_text(const RealizationOutcome& outcome) {
    Json json = {{"done", outcome.done.size()}, {"not_done", outcome.not_done.size()}};
    for (const RealizationNote& note : outcome.notes) json["notes"].push_back(note.message);
    if (!outcome.failure.empty()) json["failure"] = outcome.failure;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string options_text(const RealizeOptions& options) {
    Json json = Json::object();
    if (!options.author.empty()) json["author"] = options.author;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Kept like a schedule, but changes nothing. Someone who edits the cohort at that moment does not
/// make what was done on Discord undone: the record is written against what they left.
RunId record_run(CohortStore& store, CohortId cohort, const RunRecord& record) {
    constexpr int kMostAttempts = 5;
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        const auto snapshot = store.load_cohort(cohort);
        if (!snapshot) break;
        const CommitResult committed = store.commit_schedule(*snapshot, {}, record);
        if (committed.status == CommitStatus::written) return RunId{committed.record_id};
    }
    return {};
}

bool has_running_groups(const CohortSnapshot& cohort) {
    return std::any_of(cohort.groups.begin(), cohort.groups.end(), is_running);
}

RealizeStatus status_of(const RealizationOutcome& outcome, const RealizeOptions& options) {
    if (!outcome.failure.empty()) return RealizeStatus::failed;
    const bool stopped = options.should_stop && options.should_stop();
    if (outcome.done.empty() && outcome.blocked()) return RealizeStatus::blocked;
    if (outcome.not_done.empty())
        return outcome.done.empty() ? RealizeStatus::nothing_to_do : RealizeStatus::done;
    return stopped ? RealizeStatus::interrupted : RealizeStatus::incomplete;
}

}  // namespace

std::string_view to_string(RealizeStatus status) noexcept {
    switch (status) {
        case RealizeStatus::done:
            return "done";
        case RealizeStatus::nothing_to_do:
            return "nothing_to_do";
        case RealizeStatus::no_groups:
            return "no_groups";
        case RealizeStatus::blocked:
            return "blocked";
        case RealizeStatus::busy:
            return "busy";
        case RealizeStatus::interrupted:
            return "interrupted";
        case RealizeStatus::incomplete:
            return "incomplete";
        case RealizeStatus::failed:
            return "failed";
    }
    return "";
}

RealizationPlan plan_realization(Realizer& realizer, CohortId cohort, const RealizationOptions& options) {
    return realizer.plan(cohort, options);
}

RealizeResult realize_cohort(CohortStore& store, Realizer& realizer, const Clock& clock, CohortId cohort,
                             const RealizeOptions& options) {
    RealizeResult result;
    result.job_id = options.job_id.empty() ? make_job_id() : options.job_id;
    const std::unique_ptr<CohortLock> lock = store.try_lock_cohort(cohort, "realize");
    const auto snapshot = store.load_cohort(cohort);
    if (snapshot) result.outcome.cohort_name = snapshot->cohort.cohort_name;
    if (!lock) {
        result.status = RealizeStatus::busy;
        return result;
    }
    if (!snapshot || !has_running_groups(*snapshot)) {
        result.status = RealizeStatus::no_groups;
        return result;
    }
    RunRecord record;
    record.job_id = result.job_id;
    record.kind = "realize";
    record.options = options_text(options);
    record.started_at = clock.now();
    const auto finish = [&](std::string_view status) {
        record.status = status;
        record.result = outcome_text(result.outcome);
        record.finished_at = clock.now();
        return record_run(store, cohort, record);
    };
    try {
        RealizationOptions realization = options.realization;
        realization.job_id = result.job_id;
        result.outcome = realizer.realize(cohort, realization, options.on_progress, options.should_stop);
    } catch (const Failure& failure) {
        result.outcome.failure = failure.what();
        try {
            finish(to_string(RealizeStatus::failed));
        } catch (const Failure&) {
            // The first failure is the one to tell of.
        }
        throw;
    }
    result.status = status_of(result.outcome, options);
    if (result.status == RealizeStatus::blocked || result.status == RealizeStatus::nothing_to_do)
        return result;
    result.run_id = finish(to_string(result.status));
    return result;
}

}  // namespace convene
