#include "app/realize_cohort.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/job_id.h"
#include "app/outcome_text.h"
#include "app/queries/people.h"
#include "app/recorded_run.h"

namespace convene {
namespace {

std::string options_text(const RealizeOptions& options) {
    using Json = nlohmann::ordered_json;
    Json json = Json::object();
    if (!options.author.empty()) json["author"] = options.author;
    if (options.realization.restore) json["restore"] = true;
    if (options.realization.top_up) json["top_up"] = true;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Groups to build homes for, or dissolved ones whose people must lose access.
bool has_groups(const CohortSnapshot& cohort) {
    return std::any_of(cohort.groups.begin(), cohort.groups.end(),
                       [](const GroupRow& group) { return group.status != GroupStatus::completed; });
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
    if (!snapshot || !has_groups(*snapshot)) {
        result.status = RealizeStatus::no_groups;
        return result;
    }
    RunRecord begun;
    begun.job_id = result.job_id;
    begun.kind = "realize";
    begun.options = options_text(options);
    RecordedRun run(store, clock, cohort, begun);
    result.run_id = run.id();
    try {
        RealizationOptions realization = options.realization;
        realization.job_id = result.job_id;
        result.outcome = realizer.realize(cohort, realization, options.on_progress, options.should_stop);
    } catch (const Failure& failure) {
        result.outcome.failure = failure.what();
        run.try_finish(to_string(RealizeStatus::failed), outcome_text(result.outcome));
        throw;
    }
    result.status = status_of(result.outcome, options);
    run.finish(to_string(result.status), outcome_text(result.outcome));
    return result;
}

}  // namespace convene
