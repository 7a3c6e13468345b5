#include "app/schedule_cohort.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/find_plan.h"
#include "app/job_id.h"
#include "app/queries/people.h"
#include "app/schedule_changes.h"
#include "formats/plan_file.h"

namespace convene {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Answer = tl::expected<SchedulingResult, InputFaults>;

/// How often the cohort may change while it is being solved before the organiser is told.
constexpr int kMostAttempts = 3;

InputFaults faults_of_overrides(const CohortSnapshot& cohort, const ProblemOverrides& overrides) {
    if (!overrides.meeting_minutes || *overrides.meeting_minutes == cohort.cohort.settings.meeting_minutes)
        return {};
    for (const GroupRow& group : cohort.groups) {
        if (!is_running(group)) continue;
        return {{"meeting_length", std::to_string(*overrides.meeting_minutes),
                 "differs from the " + std::to_string(cohort.cohort.settings.meeting_minutes) +
                     " minutes for which this cohort's groups meet already"}};
    }
    return {};
}

/// One run: what it has been asked, and how far it is.
class Run {
public:
    Run(CohortStore& store, const ZoneTable& zones, const Clock& clock, const ScheduleOptions& options)
        : store_(store), zones_(zones), options_(options), begun_(SteadyClock::now()) {
        result_.job_id = options.job_id.empty() ? make_job_id() : options.job_id;
        record_.job_id = result_.job_id;
        record_.kind = "schedule";
        record_.started_at = clock.now();
    }

    /// Loads, solves and (unless it is a dry run) writes. Stale: somebody else was quicker.
    Answer attempt(CohortId cohort_id, int number, const Clock& clock) {
        const std::optional<CohortSnapshot> cohort = store_.load_cohort(cohort_id);
        if (!cohort) {
            return tl::unexpected(
                InputFaults{{"cohort", std::to_string(cohort_id.value), "is not the id of a cohort"}});
        }
        InputFaults faults = faults_of_overrides(*cohort, options_.overrides);
        if (!faults.empty()) return tl::unexpected(std::move(faults));
        auto problem = build_problem(*cohort, zones_, options_.overrides);
        if (!problem) return tl::unexpected(std::move(problem).error());

        SchedulingResult result = result_;
        result.cohort_id = cohort_id;
        result.cohort_name = cohort->cohort.cohort_name;
        const std::vector<Plan> plans = solve_for(*cohort, *problem, number);
        if (options_.interrupted && options_.interrupted()) {
            result.status = ScheduleStatus::interrupted;
            return result;
        }
        const std::size_t chosen = options_.accept > 0 ? static_cast<std::size_t>(options_.accept) - 1 : 0;
        if (chosen >= plans.size()) {
            return tl::unexpected(
                InputFaults{{"accept", std::to_string(options_.accept),
                             "is not the number of a plan: " +
                                 (plans.size() == 1 ? "there is only one"
                                                    : "there are " + std::to_string(plans.size()))}});
        }
        const Plan& plan = plans[chosen];
        describe_plan(*cohort, *problem, plan, result);
        const CohortChanges changes = schedule_changes(*cohort, *problem, plan);
        result.status = commit(*cohort, changes, plan, clock, result);
        if (options_.accept == 0) {
            for (std::size_t i = 1; i < plans.size(); ++i)
                describe_plan(*cohort, *problem, plans[i], result.alternatives.emplace_back());
        }
        result.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begun_);
        return result;
    }

private:
    std::vector<Plan> solve_for(const CohortSnapshot& cohort, const CohortProblem& problem,
                                int number) const {
        // A second attempt gets as much time as the first: no time at all would leave everybody out.
        const SteadyClock::time_point now = SteadyClock::now();
        const auto deadline =
            options_.deadline && number > 1 ? std::optional(now + time_limit()) : options_.deadline;
        SolveOptions options;
        options.seed = options_.seed;
        options.threads = options_.threads;
        options.should_stop = [this, deadline] {
            return (options_.interrupted && options_.interrupted()) ||
                   (deadline && SteadyClock::now() >= *deadline);
        };
        if (options_.on_progress) {
            ScheduleProgress progress{static_cast<int>(problem.eligible.size()), number, {}};
            options_.on_progress(progress);
            options.on_progress = [this, progress](const SolveProgress& solve) mutable {
                progress.solve = solve;
                options_.on_progress(progress);
            };
        }
        return find_plans(problem.problem, std::max(options_.plans, options_.accept), options,
                          [&](Plan& plan) { name_new_groups(cohort, problem, plan); });
    }

    /// How long the caller lets one attempt take; there must be a deadline. One gone by is none at all.
    SteadyClock::duration time_limit() const {
        return *options_.deadline > begun_ ? *options_.deadline - begun_ : SteadyClock::duration::zero();
    }

    ScheduleStatus commit(const CohortSnapshot& cohort, const CohortChanges& changes, const Plan& plan,
                          const Clock& clock, SchedulingResult& result) {
        if (result.placed == 0 && plan.bound.placed > plan.objective.placed)
            return ScheduleStatus::out_of_time;
        if (changes.empty()) return ScheduleStatus::nothing_to_schedule;
        if (options_.dry_run || (options_.plans > 1 && options_.accept == 0)) return ScheduleStatus::planned;
        record_.options = options_text();
        record_.result = write_plan_file(plan, std::nullopt);
        record_.status = std::string(to_string(plan.status));
        record_.finished_at = clock.now();
        const CommitResult committed = store_.commit_schedule(cohort, changes, record_);
        if (committed.status == CommitStatus::stale) return ScheduleStatus::stale;
        result.run_id = RunId{committed.record_id};
        for (std::size_t i = 0; i < committed.new_groups.size() && i < result.groups.size(); ++i)
            result.groups[i].group_id = committed.new_groups[i];
        return ScheduleStatus::scheduled;
    }

    std::string options_text() const {
        nlohmann::ordered_json json;
        const ProblemOverrides& overrides = options_.overrides;
        if (overrides.min_size) json["min_size"] = *overrides.min_size;
        if (overrides.max_size) json["max_size"] = *overrides.max_size;
        if (overrides.meeting_minutes) json["meeting_minutes"] = *overrides.meeting_minutes;
        if (overrides.no_if_needed) json["use_if_needed"] = false;
        if (options_.accept > 1) json["accepted_plan"] = options_.accept;
        json["seed"] = options_.seed;
        json["threads"] = options_.threads;
        if (options_.deadline) {
            json["time_limit_ms"] =
                std::chrono::duration_cast<std::chrono::milliseconds>(time_limit()).count();
        }
        return json.dump();
    }

    CohortStore& store_;
    const ZoneTable& zones_;
    const ScheduleOptions& options_;
    SteadyClock::time_point begun_;
    SchedulingResult result_;  ///< what every attempt starts from
    RunRecord record_;
};

}  // namespace

std::string_view to_string(ScheduleStatus status) noexcept {
    switch (status) {
        case ScheduleStatus::scheduled:
            return "scheduled";
        case ScheduleStatus::planned:
            return "planned";
        case ScheduleStatus::nothing_to_schedule:
            return "nothing_to_schedule";
        case ScheduleStatus::busy:
            return "busy";
        case ScheduleStatus::stale:
            return "stale";
        case ScheduleStatus::interrupted:
            return "interrupted";
        case ScheduleStatus::out_of_time:
            return "out_of_time";
    }
    return "";
}

Answer schedule_cohort(CohortStore& store, const ZoneTable& zones, const Clock& clock, CohortId cohort,
                       const ScheduleOptions& options) {
    std::unique_ptr<CohortLock> lock;
    if (!options.dry_run) {
        lock = store.try_lock_cohort(cohort, "schedule");
        if (!lock) {
            SchedulingResult busy;
            busy.status = ScheduleStatus::busy;
            busy.cohort_id = cohort;
            return busy;
        }
    }
    Run run(store, zones, clock, options);
    for (int number = 1;; ++number) {
        Answer answer = run.attempt(cohort, number, clock);
        const bool again = answer && answer->status == ScheduleStatus::stale && number < kMostAttempts;
        if (!again) return answer;
    }
}

}  // namespace convene
