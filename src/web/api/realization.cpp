// Publishing: what would change on Discord, and carrying it out.
#include "app/realization_json.h"
#include "app/realize_cohort.h"
#include "web/api/api.h"

namespace convene::web {
namespace {

void require_discord(const Backstage& stage) {
    if (!stage.surroundings.make_realizer)
        throw Refusal(409, "no_discord",
                      "no Discord server is configured: set DISCORD_TOKEN and DISCORD_GUILD_ID");
}

Response show(const Call& call, Backstage& stage) {
    require_discord(stage);
    const auto database = stage.databases.lend();
    (void)stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    const auto realizer = stage.surroundings.make_realizer(*database);
    const RealizationPlan plan = plan_realization(*realizer, call.cohort());
    return json_reply({{"cohort_name", plan.cohort_name},
                       {"blocked", plan.blocked()},
                       {"steps", to_json(plan.steps)},
                       {"notes", to_json(plan.notes)}});
}

void publish(Job& job, Backstage& stage, CohortId cohort) {
    const auto database = stage.databases.lend();
    const auto realizer = stage.surroundings.make_realizer(*database);
    RealizeOptions options;
    options.job_id = job.id();
    options.should_stop = [&job] { return job.stopped(); };
    options.on_progress = [&job](const RealizationProgress& progress) {
        job.tell({{"type", "progress"},
                  {"done", progress.done},
                  {"total", progress.total},
                  {"current", progress.current}});
    };
    const RealizeResult result =
        realize_cohort(database->cohorts(), *realizer, stage.surroundings.clock, cohort, options);
    job.tell({{"type", "done"},
              {"status", to_string(result.status)},
              {"done", to_json(result.outcome.done)},
              {"not_done", to_json(result.outcome.not_done)},
              {"notes", to_json(result.outcome.notes)},
              {"links", result.outcome.links},
              {"failure", result.outcome.failure}});
}

Response start(const Call& call, Backstage& stage) {
    require_discord(stage);
    const CohortId cohort = call.cohort();
    {
        const auto database = stage.databases.lend();
        (void)stage.states.current(database->cohorts(), stage.surroundings.zones, cohort);
    }
    const auto job =
        stage.jobs.start("publish", cohort, [&stage, cohort](Job& self) { publish(self, stage, cohort); });
    return json_reply({{"job", job->id()}}, 202);
}

}  // namespace

void add_realization_routes(Router& router, Backstage& stage) {
    router.add("GET", "/api/v1/cohorts/{cohort}/realization", Access::organiser,
               [&stage](const Call& call) { return show(call, stage); });
    router.add("POST", "/api/v1/cohorts/{cohort}/realization", Access::organiser,
               [&stage](const Call& call) { return start(call, stage); });
}

}  // namespace convene::web
