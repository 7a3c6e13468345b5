// Runs and plans: solve with chosen rules, compare what was found, accept one.
#include "app/acceptance.h"
#include "app/cohort_version.h"
#include "app/cure_json.h"
#include "app/queries/groups.h"
#include "app/queries/runs.h"
#include "web/api/api.h"
#include "web/api/json.h"

namespace convene::web {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::int64_t kLongestSolve = 600;
constexpr int kLargestGroup = 1000;
constexpr int kMostPlans = 5;

Json to_json(const Objective& objective) {
    return {{"placed", objective.placed}, {"if_needed", objective.if_needed}};
}

/// Who asked for it, where that was kept.
Json author_of(const RunRecord& run) {
    const Json options = parsed(run.options);
    return options.is_object() ? options.value("author", Json()) : Json();
}

Response list_runs(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    Json runs = Json::array();
    for (const StoredRun& stored : convene::list_runs(database->cohorts(), call.cohort())) {
        if (stored.run.status == kNothingToDo) continue;  // a look that a timer or the bot took
        runs.push_back(
            {{"run_id", stored.run_id.value},
             {"job_id", stored.run.job_id},
             {"kind", stored.run.kind},
             {"status", stored.run.status},
             {"started_at", to_iso8601(stored.run.started_at)},
             {"finished_at", has_ended(stored.run) ? Json(to_iso8601(stored.run.finished_at)) : Json()},
             {"author", author_of(stored.run)},
             {"options", parsed(stored.run.options)}});
    }
    return json_reply({{"runs", runs}});
}

/// What a run was asked, as the plan keeps it.
Json options_json(const ScheduleOptions& options, int seconds) {
    const ProblemOverrides& overrides = options.overrides;
    return {{"min_size", overrides.min_size ? Json(*overrides.min_size) : Json()},
            {"max_size", overrides.max_size ? Json(*overrides.max_size) : Json()},
            {"use_if_needed", overrides.no_if_needed ? Json(false) : Json()},
            {"reform", options.reform},
            {"seed", options.seed},
            {"time_limit_seconds", seconds}};
}

void solve(Job& job, Backstage& stage, CohortId cohort, ScheduleOptions options, int seconds) {
    const SteadyClock::time_point begun = SteadyClock::now();
    options.dry_run = true;
    options.job_id = job.id();
    options.deadline = begun + std::chrono::seconds(seconds);
    options.interrupted = [&job] { return job.stopped(); };
    options.on_progress = [&](const ScheduleProgress& progress) {
        const std::chrono::duration<double, std::milli> elapsed = SteadyClock::now() - begun;
        job.tell({{"type", "progress"},
                  {"elapsed_ms", static_cast<std::int64_t>(elapsed.count())},
                  {"pending", progress.pending_users},
                  {"incumbent", to_json(progress.solve.incumbent)},
                  {"bound", to_json(progress.solve.bound)}});
    };
    const auto database = stage.databases.lend();
    if (options.reform) options.kept = realized_groups(database->realization(), cohort);
    auto proposals = propose_schedules(database->cohorts(), stage.surroundings.zones,
                                       stage.surroundings.clock, cohort, options);
    if (!proposals) throw Refusal(422, "bad_rules", to_string(proposals.error().front()));
    const SchedulingResult& best = proposals->front().result;
    Json done = {{"type", "done"},
                 {"status", to_string(best.status)},
                 {"elapsed_ms",
                  std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begun).count()},
                 {"plan_status", to_string(best.plan.status)},
                 {"incumbent", to_json(best.plan.objective)},
                 {"bound", to_json(best.plan.bound)},
                 {"plan_ids", Json::array()}};
    // The best one last, so that lists that begin with the newest begin with it.
    for (std::size_t i = proposals->size(); i-- > 0;) {
        Proposal& proposal = (*proposals)[i];
        if (proposal.result.status != ScheduleStatus::planned) continue;
        std::string version = version_of(proposal.cohort);
        const std::int64_t id = stage.proposals.add(cohort, std::move(version),
                                                    options_json(options, seconds), std::move(proposal));
        done["plan_ids"].insert(done["plan_ids"].begin(), id);
    }
    job.tell(std::move(done));
}

Response start_run(const Call& call, Backstage& stage) {
    const Json body = object_of(call.request);
    ScheduleOptions options;
    options.overrides.min_size = number_in(body, "min_size", 1, kLargestGroup);
    options.overrides.max_size = number_in(body, "max_size", 1, kLargestGroup);
    options.overrides.no_if_needed = !flag_in(body, "use_if_needed").value_or(true);
    options.reform = flag_in(body, "reform").value_or(false);
    options.seed = static_cast<std::uint64_t>(number_in(body, "seed", 0, 1'000'000'000).value_or(0));
    options.plans = number_in(body, "plans", 1, kMostPlans).value_or(1);
    const int seconds = number_in(body, "time_limit_seconds", 1, kLongestSolve).value_or(30);
    const CohortId cohort = call.cohort();
    {
        const auto database = stage.databases.lend();
        (void)stage.states.current(database->cohorts(), stage.surroundings.zones, cohort);
    }
    const auto job = stage.jobs.start("solve", cohort, [&stage, cohort, options, seconds](Job& self) {
        solve(self, stage, cohort, options, seconds);
    });
    return json_reply({{"job", job->id()}}, 202);
}

Json to_json(const ScheduledGroup& group) {
    Json members = Json::array();
    for (const ScheduledMember& member : group.members) {
        members.push_back({{"user_id", member.user_id.value},
                           {"name", member.name},
                           {"role", to_string(member.role)},
                           {"if_needed", member.if_needed}});
    }
    return {{"group_name", group.group_name},
            {"meeting_time_utc", group.meeting_time_utc},
            {"first_meeting", group.meetings.empty() ? Json() : Json(to_iso8601(group.meetings.front()))},
            {"size", group.size},
            {"members", members}};
}

Json to_json(const std::vector<ScheduledGroup>& groups) {
    Json list = Json::array();
    for (const ScheduledGroup& group : groups) list.push_back(to_json(group));
    return list;
}

/// \param version  of the cohort now: a plan for another version cannot be accepted any more
Json to_json(const Proposals::Kept& kept, const std::string& version) {
    const SchedulingResult& result = kept.proposal.result;
    Json unassigned = Json::array();
    for (const UnassignedPerson& person : result.unassigned) {
        unassigned.push_back({{"user_id", person.user_id.value},
                              {"name", person.name},
                              {"reason", to_string(person.reason)},
                              {"detail", person.detail}});
    }
    return {{"plan_id", kept.id},
            {"stale", kept.version != version},
            {"options", kept.options},
            {"plan_status", to_string(result.plan.status)},
            {"objective", to_json(result.plan.objective)},
            {"bound", to_json(result.plan.bound)},
            {"placed", result.placed},
            {"pending", result.pending_users},
            {"elapsed_ms", result.elapsed.count()},
            {"dissolved", kept.proposal.changes.statuses.size()},
            {"groups", to_json(result.groups)},
            {"additions", to_json(result.additions)},
            {"unassigned", unassigned},
            {"idle_facilitators", result.idle_facilitators},
            {"warnings", result.warnings}};
}

std::string version_now(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    return stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort())->version;
}

Response list_plans(const Call& call, Backstage& stage) {
    const std::string version = version_now(call, stage);
    Json plans = Json::array();
    for (const auto& kept : stage.proposals.list(call.cohort())) plans.push_back(to_json(*kept, version));
    return json_reply({{"version", version}, {"plans", plans}});
}

Proposals::KeptPtr kept_plan(const Call& call, Backstage& stage) {
    auto kept = stage.proposals.find(call.cohort(), call.key("plan"));
    if (!kept) throw Refusal(404, "not_found", "no such plan; plans are kept until the server stops");
    return kept;
}

Response show_plan(const Call& call, Backstage& stage) {
    const auto kept = kept_plan(call, stage);
    return json_reply(to_json(*kept, version_now(call, stage)));
}

Response drop_plan(const Call& call, Backstage& stage) {
    stage.proposals.drop(call.cohort(), kept_plan(call, stage)->id);
    return {204, {}, "", {}};
}

Response accept_plan(const Call& call, Backstage& stage) {
    const auto kept = kept_plan(call, stage);
    const auto database = stage.databases.lend();
    const auto lock = database->cohorts().try_lock_cohort(call.cohort(), "schedule");
    if (!lock) throw Refusal(409, "busy", "the cohort is being scheduled by somebody else");
    const SchedulingResult result = accept_proposal(database->cohorts(), kept->proposal, call.session->user);
    if (result.status == ScheduleStatus::stale)
        throw Refusal(409, "stale", "the cohort has changed since this plan was made; solve again");
    const EditId edit = record_acceptance(database->cohorts(), stage.surroundings.clock, kept->proposal,
                                          result, call.session->user);
    stage.proposals.drop(call.cohort(), kept->id);
    return json_reply({{"status", to_string(result.status)},
                       {"run_id", result.run_id.value},
                       {"can_be_undone", edit.value != 0}});
}

}  // namespace

void add_plan_routes(Router& router, Backstage& stage) {
    const auto add = [&](const char* method, std::string path, Response (*answer)(const Call&, Backstage&)) {
        router.add(method, std::move(path), Access::organiser,
                   [&stage, answer](const Call& call) { return answer(call, stage); });
    };
    add("GET", "/api/v1/cohorts/{cohort}/runs", list_runs);
    add("POST", "/api/v1/cohorts/{cohort}/runs", start_run);
    add("GET", "/api/v1/cohorts/{cohort}/plans", list_plans);
    add("GET", "/api/v1/cohorts/{cohort}/plans/{plan}", show_plan);
    add("DELETE", "/api/v1/cohorts/{cohort}/plans/{plan}", drop_plan);
    add("POST", "/api/v1/cohorts/{cohort}/plans/{plan}/accept", accept_plan);
}

}  // namespace convene::web
