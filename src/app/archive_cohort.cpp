#include "app/archive_cohort.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/job_id.h"
#include "app/outcome_text.h"
#include "app/queries/people.h"
#include "app/recorded_run.h"
#include "app/status_words.h"

namespace convene {
namespace {

constexpr int kMostAttempts = 5;

RealizationOptions discord_options(const ArchiveOptions& options) {
    RealizationOptions realization;
    realization.goal =
        options.delete_channels ? RealizationOptions::Goal::removal : RealizationOptions::Goal::archive;
    return realization;
}

/// Running groups, their active members and the cohort itself become `completed`.
CohortChanges completing(const CohortSnapshot& cohort) {
    CohortChanges changes;
    for (const GroupRow& group : cohort.groups) {
        if (!is_running(group)) continue;
        changes.statuses.push_back({group.group_id, GroupStatus::completed});
        for (const MembershipRow& member : group.members) {
            if (member.status == MembershipStatus::active)
                changes.members.push_back(
                    {group.group_id, member.user_id, member.role, MembershipStatus::completed});
        }
    }
    if (cohort.cohort.status == CohortStatus::active) changes.cohort_status = CohortStatus::completed;
    return changes;
}

/// The database's part as steps, to be shown with the others.
std::vector<RealizationStep> describe(const CohortChanges& changes, const CohortSnapshot& cohort) {
    std::vector<RealizationStep> steps;
    for (const GroupStatusChange& change : changes.statuses) {
        const GroupRow& group = *group_of(cohort, change.group_id);
        const auto members =
            std::count_if(changes.members.begin(), changes.members.end(),
                          [&](const auto& member) { return member.group_id == group.group_id; });
        steps.push_back({RealizationStep::Action::update,
                         "group",
                         group.group_name,
                         group.group_name,
                         std::to_string(members) + " members complete the course",
                         {{"status", std::string(word(group.status)), "completed"}}});
    }
    if (changes.cohort_status) {
        steps.push_back({RealizationStep::Action::update,
                         "cohort",
                         "",
                         cohort.cohort.cohort_name,
                         "its history stays in the database",
                         {{"status", std::string(word(cohort.cohort.status)), "completed"}}});
    }
    return steps;
}

ArchiveStatus status_of(const RealizationOutcome& outcome, const ArchiveOptions& options) {
    if (!outcome.failure.empty()) return ArchiveStatus::failed;
    if (outcome.not_done.empty()) return ArchiveStatus::done;
    if (outcome.done.empty() && outcome.blocked()) return ArchiveStatus::blocked;
    return options.should_stop && options.should_stop() ? ArchiveStatus::interrupted
                                                        : ArchiveStatus::incomplete;
}

/// Once Discord is as it shall be. Somebody may edit meanwhile: it is read anew then.
ArchiveStatus complete_cohort(CohortStore& store, CohortId cohort, RecordedRun& run,
                              RealizationOutcome& outcome) {
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        const auto snapshot = store.load_cohort(cohort);
        if (!snapshot) return ArchiveStatus::no_cohort;
        const CohortChanges changes = completing(*snapshot);
        if (changes.empty()) return outcome.done.empty() ? ArchiveStatus::nothing_to_do : ArchiveStatus::done;
        std::vector<RealizationStep> steps = describe(changes, *snapshot);
        RealizationOutcome whole = outcome;
        whole.done.insert(whole.done.end(), steps.begin(), steps.end());
        const RunRecord record = run.ending(to_string(ArchiveStatus::done), outcome_text(whole));
        if (store.commit_schedule(*snapshot, changes, record).status != CommitStatus::written) continue;
        run.finished_elsewhere();
        outcome = std::move(whole);
        return ArchiveStatus::done;
    }
    return ArchiveStatus::stale;
}

}  // namespace

std::string_view to_string(ArchiveStatus status) noexcept {
    switch (status) {
        case ArchiveStatus::done:
            return "done";
        case ArchiveStatus::nothing_to_do:
            return "nothing_to_do";
        case ArchiveStatus::no_cohort:
            return "no_cohort";
        case ArchiveStatus::blocked:
            return "blocked";
        case ArchiveStatus::busy:
            return "busy";
        case ArchiveStatus::interrupted:
            return "interrupted";
        case ArchiveStatus::incomplete:
            return "incomplete";
        case ArchiveStatus::failed:
            return "failed";
        case ArchiveStatus::stale:
            return "stale";
    }
    return "";
}

RealizationPlan plan_archive(CohortStore& store, Realizer* realizer, CohortId cohort,
                             const ArchiveOptions& options) {
    RealizationPlan plan;
    if (realizer != nullptr) plan = realizer->plan(cohort, discord_options(options));
    const auto snapshot = store.load_cohort(cohort);
    if (!snapshot) return plan;
    plan.cohort_name = snapshot->cohort.cohort_name;
    const std::vector<RealizationStep> steps = describe(completing(*snapshot), *snapshot);
    plan.steps.insert(plan.steps.end(), steps.begin(), steps.end());
    return plan;
}

ArchiveResult archive_cohort(CohortStore& store, Realizer* realizer, const Clock& clock, CohortId cohort,
                             const ArchiveOptions& options) {
    ArchiveResult result;
    result.job_id = options.job_id.empty() ? make_job_id() : options.job_id;
    RealizationOptions on_discord = discord_options(options);
    on_discord.job_id = result.job_id;
    // Whoever builds must not meet whoever closes.
    const std::unique_ptr<CohortLock> lock = store.try_lock_cohort(cohort, "realize");
    if (!lock) {
        result.status = ArchiveStatus::busy;
        return result;
    }
    const auto snapshot = store.load_cohort(cohort);
    if (!snapshot) {
        result.status = ArchiveStatus::no_cohort;
        return result;
    }
    result.cohort_name = snapshot->cohort.cohort_name;
    RunRecord begun;
    begun.job_id = result.job_id;
    begun.kind = "archive";
    begun.options = nlohmann::ordered_json{{"delete_channels", options.delete_channels}}.dump();
    RecordedRun run(store, clock, cohort, begun);
    result.run_id = run.id();
    try {
        if (realizer != nullptr) {
            result.outcome = realizer->realize(cohort, on_discord, options.on_progress, options.should_stop);
        }
        result.status = status_of(result.outcome, options);
        if (result.status == ArchiveStatus::done)
            result.status = complete_cohort(store, cohort, run, result.outcome);
    } catch (const Failure& failure) {
        result.outcome.failure = failure.what();
        if (result.outcome.done.empty()) {
            run.try_finish(to_string(ArchiveStatus::failed), outcome_text(result.outcome));
            throw;
        }
        result.status = ArchiveStatus::failed;
    }
    run.try_finish(to_string(result.status), outcome_text(result.outcome));
    return result;
}

}  // namespace convene
