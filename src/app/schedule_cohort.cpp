#include "app/schedule_cohort.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/apply_changes.h"
#include "app/dissolve_groups.h"
#include "app/edit_detail.h"
#include "app/find_plan.h"
#include "app/job_id.h"
#include "app/propose_schedule.h"
#include "app/queries/people.h"
#include "app/recorded_run.h"
#include "app/schedule_changes.h"
#include "formats/plan_file.h"

namespace convene {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Proposed = tl::expected<std::vector<Proposal>, InputFaults>;

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

InputFaults fault_of_accept(const ScheduleOptions& options, std::size_t plans) {
    return {{"accept", std::to_string(options.accept),
             "is not the number of a plan: " +
                 (plans == 1 ? "there is only one" : "there are " + std::to_string(plans))}};
}

/// One run: what it has been asked, and how far it is.
class Run {
public:
    Run(CohortStore& store, const ZoneTable& zones, const Clock& clock, const ScheduleOptions& options)
        : store_(store),
          zones_(zones),
          clock_(clock),
          options_(options),
          begun_(SteadyClock::now()),
          job_id_(options.job_id.empty() ? make_job_id() : options.job_id) {}

    /// \param on_solve  called once it is known that there is something sensible to solve
    Proposed propose(CohortId cohort_id, int number, const std::function<void()>& on_solve) const {
        const std::optional<CohortSnapshot> cohort = store_.load_cohort(cohort_id);
        if (!cohort) {
            return tl::unexpected(
                InputFaults{{"cohort", std::to_string(cohort_id.value), "is not the id of a cohort"}});
        }
        InputFaults faults = faults_of_overrides(*cohort, options_.overrides);
        if (!faults.empty()) return tl::unexpected(std::move(faults));
        CohortChanges dissolved;
        CohortSnapshot base = *cohort;
        if (options_.reform) {
            dissolved = dissolve_free_groups(*cohort, options_.kept);
            apply_changes(dissolved, base);
        }
        auto problem = build_problem(base, zones_, options_.overrides);
        if (!problem) return tl::unexpected(std::move(problem).error());
        on_solve();

        Proposal common;
        common.cohort = *cohort;
        common.changes = std::move(dissolved);
        common.record.started_at = clock_.now();
        common.result.job_id = job_id_;
        common.result.cohort_id = cohort_id;
        common.result.cohort_name = cohort->cohort.cohort_name;
        const std::vector<Plan> plans = solve_for(base, *problem, number);
        if (options_.interrupted && options_.interrupted()) {
            common.result.status = ScheduleStatus::interrupted;
            return std::vector{std::move(common)};
        }
        std::vector<Proposal> proposals;
        for (const Plan& plan : plans) {
            Proposal& proposal = proposals.emplace_back(common);
            SchedulingResult& result = proposal.result;
            describe_plan(base, *problem, plan, result);
            add_changes(schedule_changes(base, *problem, plan), proposal.changes);
            result.status = status_of(result, plan, proposal.changes);
            result.elapsed =
                std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begun_);
            record_run(plan, proposal.record);
        }
        return proposals;
    }

    /// What the record of this run begins with.
    RunRecord begun() const {
        RunRecord record;
        record.job_id = job_id_;
        record.kind = "schedule";
        record.options = options_text();
        return record;
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

    /// What the plan adds to the end of free groups; it says itself how everybody stands afterwards.
    static void add_changes(CohortChanges planned, CohortChanges& changes) {
        changes.new_groups = std::move(planned.new_groups);
        changes.members.insert(changes.members.end(), planned.members.begin(), planned.members.end());
        changes.signups = std::move(planned.signups);
        changes.meeting_minutes = planned.meeting_minutes;
    }

    static ScheduleStatus status_of(const SchedulingResult& result, const Plan& plan,
                                    const CohortChanges& changes) {
        if (result.placed == 0 && plan.bound.placed > plan.objective.placed)
            return ScheduleStatus::out_of_time;
        return changes.empty() ? ScheduleStatus::nothing_to_schedule : ScheduleStatus::planned;
    }

    void record_run(const Plan& plan, RunRecord& record) const {
        const Instant started_at = record.started_at;
        record = begun();
        record.started_at = started_at;
        record.result = write_plan_file(plan, std::nullopt);
        record.status = std::string(to_string(plan.status));
        record.finished_at = clock_.now();
    }

    std::string options_text() const {
        nlohmann::ordered_json json;
        const ProblemOverrides& overrides = options_.overrides;
        if (overrides.min_size) json["min_size"] = *overrides.min_size;
        if (overrides.max_size) json["max_size"] = *overrides.max_size;
        if (overrides.meeting_minutes) json["meeting_minutes"] = *overrides.meeting_minutes;
        if (overrides.no_if_needed) json["use_if_needed"] = false;
        if (options_.accept > 1) json["accepted_plan"] = options_.accept;
        if (options_.reform) json["reform"] = true;
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
    const Clock& clock_;
    const ScheduleOptions& options_;
    SteadyClock::time_point begun_;
    std::string job_id_;
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

Proposed propose_schedules(CohortStore& store, const ZoneTable& zones, const Clock& clock, CohortId cohort,
                           const ScheduleOptions& options, int attempt) {
    return Run(store, zones, clock, options).propose(cohort, attempt, [] {});
}

SchedulingResult accept_proposal(CohortStore& store, const Proposal& proposal, const std::string& author) {
    SchedulingResult result = proposal.result;
    RunRecord record = proposal.record;
    if (!author.empty()) {
        auto options = nlohmann::ordered_json::parse(record.options);
        options["author"] = author;
        record.options = detail_of(options);
    }
    const CommitResult committed = store.commit_schedule(proposal.cohort, proposal.changes, record);
    if (committed.status == CommitStatus::stale) {
        result.status = ScheduleStatus::stale;
        return result;
    }
    result.status = ScheduleStatus::scheduled;
    result.run_id = RunId{committed.record_id};
    for (std::size_t i = 0; i < committed.new_groups.size() && i < result.groups.size(); ++i)
        result.groups[i].group_id = committed.new_groups[i];
    return result;
}

tl::expected<SchedulingResult, InputFaults> schedule_cohort(CohortStore& store, const ZoneTable& zones,
                                                            const Clock& clock, CohortId cohort,
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
    const Run run(store, zones, clock, options);
    const bool may_write = !options.dry_run && (options.plans <= 1 || options.accept > 0);
    std::optional<RecordedRun> recorded;
    // Bad input leaves no trace: the record begins when the solver does, and is taken back where only the
    // solver finds out.
    const auto begin_record = [&] {
        if (may_write && !recorded) recorded.emplace(store, clock, cohort, run.begun());
    };
    for (int number = 1;; ++number) {
        auto proposals = run.propose(cohort, number, begin_record);
        if (!proposals) return tl::unexpected(std::move(proposals).error());
        const bool interrupted = proposals->front().result.status == ScheduleStatus::interrupted;
        const std::size_t chosen =
            options.accept > 0 && !interrupted ? static_cast<std::size_t>(options.accept) - 1 : 0;
        if (chosen >= proposals->size()) {
            // Only the solver knows how many plans there are.
            if (recorded) recorded->forget();
            return tl::unexpected(fault_of_accept(options, proposals->size()));
        }
        Proposal& proposal = (*proposals)[chosen];
        if (proposal.result.status != ScheduleStatus::planned || !may_write) {
            SchedulingResult result = std::move(proposal.result);
            for (std::size_t i = 1; i < proposals->size() && options.accept == 0; ++i)
                result.alternatives.push_back(std::move((*proposals)[i].result));
            if (recorded) recorded->finish(to_string(result.status), proposal.record.result);
            return result;
        }
        proposal.record.run_id = recorded->id();
        SchedulingResult result = accept_proposal(store, proposal);
        if (result.status == ScheduleStatus::scheduled) recorded->finished_elsewhere();
        if (result.status != ScheduleStatus::stale) return result;
        if (number < kMostAttempts) continue;
        recorded->finish(to_string(result.status), "{}");
        return result;
    }
}

}  // namespace convene
