// Edits: made, judged, listed. Who edits says which version they saw; when that is gone, the reply
// tells what others have done since.
#include "app/cohort_version.h"
#include "app/edit_cohort.h"
#include "app/queries/groups.h"
#include "web/api/api.h"
#include "web/api/json.h"

namespace convene::web {
namespace {

constexpr int kMostMeetings = 1000;
constexpr int kMostWeeks = 52;

Json run_of(const EditRecord& edit) {
    const Json detail = parsed(edit.detail);
    return detail.is_object() ? detail.value("run", Json()) : Json();
}

Json to_json(const StoredEdit& stored) {
    return {{"edit_id", stored.edit_id.value},
            {"command", stored.edit.command},
            {"summary", sentence_of(stored.edit)},
            {"author", stored.edit.author},
            {"made_at", to_iso8601(stored.edit.made_at)},
            {"forced", stored.edit.forced},
            {"undone", stored.undone},
            {"undoes", stored.edit.undoes ? Json(stored.edit.undoes->value) : Json()},
            {"run_id", run_of(stored.edit)},
            {"violations", parsed(stored.edit.violations)}};
}

Response list(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const CohortId cohort = call.cohort();
    (void)stage.states.current(database->cohorts(), stage.surroundings.zones, cohort);
    Json edits = Json::array();
    for (const StoredEdit& edit : database->cohorts().list_edits(cohort)) edits.push_back(to_json(edit));
    return json_reply({{"edits", edits}});
}

EditOrder order_in(const Json& body) {
    EditOrder order;
    const auto command = edit_command_from(text_in(body, "command").value_or(""));
    if (!command) throw Refusal(400, "bad_request", "command: is none that can be given");
    order.command = *command;
    if (const auto person = number_in(body, "person")) order.person = UserId{*person};
    if (const auto group = number_in(body, "group")) order.group = GroupId{*group};
    order.text = text_in(body, "text").value_or("");
    order.anchor = text_in(body, "anchor");
    order.postponement.week = number_in(body, "week", 1, kMostMeetings).value_or(0);
    order.postponement.weeks = number_in(body, "weeks", 1, kMostWeeks).value_or(1);
    order.postponement.to = text_in(body, "to");
    return order;
}

/// What somebody else has done since the version that the caller saw.
Refusal stale_refusal(CohortStore& store, CohortId cohort, std::int64_t last_seen) {
    Json since = Json::array();
    for (const StoredEdit& edit : store.list_edits(cohort))
        if (edit.edit_id.value > last_seen) since.push_back(to_json(edit));
    const auto now = store.load_cohort(cohort);
    return {409,
            "stale",
            "somebody else changed the cohort meanwhile",
            {{"version", now ? Json(version_of(*now)) : Json()}, {"edits", since}}};
}

Response make(const Call& call, Backstage& stage) {
    const Json body = object_of(call.request);
    const EditOrder order = order_in(body);
    const auto version = text_in(body, "version");
    if (!version) throw Refusal(400, "bad_request", "version: is missing");
    EditRequest request;
    request.force = flag_in(body, "force").value_or(false);
    request.author = call.session->user;
    const auto database = stage.databases.lend();
    const CohortId cohort = call.cohort();
    request.published = realized_groups(database->realization(), cohort);
    const EditAnswer answer = edit_cohort(database->cohorts(), stage.surroundings.zones,
                                          stage.surroundings.clock, request, cohort, version, order);
    if (!answer) {
        const bool gone = answer.error().front().path == "cohort";
        throw Refusal(gone ? 404 : 422, gone ? "not_found" : "bad_edit", to_string(answer.error().front()));
    }
    if (answer->status == EditStatus::stale) {
        throw stale_refusal(database->cohorts(), cohort, number_in(body, "last_edit_id").value_or(0));
    }
    const auto now = database->cohorts().load_cohort(cohort);
    return json_reply({{"status", to_string(answer->status)},
                       {"summary", answer->summary},
                       {"violations", violations_json(answer->violations)},
                       {"notes", answer->notes},
                       {"edit_id", answer->edit_id.value},
                       {"version", now ? Json(version_of(*now)) : Json()}});
}

}  // namespace

void add_edit_routes(Router& router, Backstage& stage) {
    router.add("GET", "/api/v1/cohorts/{cohort}/edits", Access::organiser,
               [&stage](const Call& call) { return list(call, stage); });
    router.add("POST", "/api/v1/cohorts/{cohort}/edits", Access::organiser,
               [&stage](const Call& call) { return make(call, stage); });
}

}  // namespace convene::web
