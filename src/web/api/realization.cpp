// Publishing: what would change on Discord, and carrying it out.
#include <algorithm>

#include "app/realization_json.h"
#include "app/realize_cohort.h"
#include "app/remaining_text.h"
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
    RealizationOptions options;
    options.restore = call.query("restore").value_or("") == "true";
    options.partly = true;  // as it will be published
    const RealizationPlan plan = plan_realization(*realizer, call.cohort(), options);
    return json_reply({{"cohort_name", plan.cohort_name},
                       {"blocked", plan.blocked()},
                       {"steps", to_json(plan.steps)},
                       {"notes", to_json(plan.notes)}});
}

/// The channels of groups by their names. A look-alike of Discord has no pages to open.
Json links_json(const std::vector<std::string>& links, RealizationStore& store, CohortId cohort,
                const Backstage& stage) {
    Json list = Json::array();
    const auto wanted = store.get_cohort_groups_for_realization(cohort);
    if (!wanted || stage.surroundings.rehearsal) return list;
    for (const RealizationGroup& group : wanted->groups) {
        const std::string end = "/" + group.discord_text_channel_id.value_or("-");
        const auto link = std::find_if(links.begin(), links.end(),
                                       [&](const std::string& url) { return url.ends_with(end); });
        if (link != links.end()) list.push_back({{"group", group.group_name}, {"url", *link}});
    }
    return list;
}

void publish(Job& job, Backstage& stage, CohortId cohort, RealizeOptions options) {
    const auto database = stage.databases.lend();
    const auto realizer = stage.surroundings.make_realizer(*database);
    options.job_id = job.id();
    options.realization.partly = true;  // the dialog has shown what will be missing
    options.should_stop = [&job] { return job.stopped(); };
    options.on_progress = [&job](const RealizationProgress& progress) {
        job.tell({{"type", "progress"},
                  {"done", progress.done},
                  {"total", progress.total},
                  {"current", progress.current},
                  {"remaining", remaining_text(progress)}});
    };
    const RealizeResult result =
        realize_cohort(database->cohorts(), *realizer, stage.surroundings.clock, cohort, options);
    job.tell({{"type", "done"},
              {"status", to_string(result.status)},
              {"done", to_json(result.outcome.done)},
              {"not_done", to_json(result.outcome.not_done)},
              {"notes", to_json(result.outcome.notes)},
              {"links", links_json(result.outcome.links, database->realization(), cohort, stage)},
              {"homes", to_json(result.outcome.homes)},
              {"failure", result.outcome.failure}});
}

Response start(const Call& call, Backstage& stage) {
    require_discord(stage);
    const CohortId cohort = call.cohort();
    RealizeOptions options;
    options.author = call.session->user;
    if (!call.request.body.empty())
        options.realization.restore = flag_in(object_of(call.request), "restore").value_or(false);
    {
        const auto database = stage.databases.lend();
        (void)stage.states.current(database->cohorts(), stage.surroundings.zones, cohort);
    }
    const auto job = stage.jobs.start(
        "publish", cohort, [&stage, cohort, options](Job& self) { publish(self, stage, cohort, options); });
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
