// Cohorts, their groups, and what the judge says of them.
#include "app/queries/cohorts.h"

#include "app/cohort_json.h"
#include "app/edit_history.h"
#include "app/queries/groups.h"
#include "app/queries/people.h"
#include "app/review_groups.h"
#include "app/review_json.h"
#include "app/spare_starts.h"
#include "core/rules/check_plan.h"
#include "core/time/attendance.h"
#include "core/time/meeting_series.h"
#include "web/api/api.h"
#include "web/api/json.h"

namespace convene::web {
namespace {

Response list(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    Json cohorts = Json::array();
    for (const CohortSummary& cohort : list_cohorts(database->cohorts())) {
        if (call.session->only && *call.session->only != cohort.cohort_id) continue;
        cohorts.push_back(to_json(cohort));
    }
    return json_reply({{"cohorts", cohorts}});
}

CohortReview review_of(const BoardState& state, Backstage& stage, Database& database) {
    auto review = review_groups(state.cohort, stage.surroundings.zones,
                                realized_groups(database.realization(), state.cohort.cohort.cohort_id));
    if (!review) throw Refusal(422, "unusable_cohort", to_string(review.error().front()));
    return std::move(*review);
}

Json summary_of(const StoredEdit* edit) {
    return edit == nullptr ? Json() : Json(sentence_of(edit->edit));
}

Response board(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    const CohortReview review = review_of(*state, stage, *database);
    const CohortRow& cohort = review.cohort;
    const Rules& rules = state->problem.problem.rules();
    Json document = {{"cohort_id", cohort.cohort_id.value},
                     {"cohort_name", cohort.cohort_name},
                     {"course_name", cohort.course_name},
                     {"cohort_start_date", to_string(cohort.start_date)},
                     {"number_of_group_meetings", cohort.number_of_group_meetings},
                     {"meeting_minutes", cohort.settings.meeting_minutes},
                     {"anchor", cohort.settings.anchor},
                     {"rules",
                      {{"min_size", rules.min_size},
                       {"max_size", rules.max_size},
                       {"target_size", rules.target()},
                       {"use_if_needed", rules.use_if_needed},
                       {"count_facilitator", rules.count_facilitator}}},
                     {"version", state->version},
                     {"participants", state->problem.problem.participants().size()},
                     {"score", score_json(score_of(state->problem.problem, state->plan))},
                     {"groups", groups_json(review)},
                     {"waiting", waiting_json(review)},
                     {"set_aside", set_aside_json(review)},
                     {"warnings", review.warnings}};
    if (call.session->may_change()) {
        const auto edits = database->cohorts().list_edits(cohort.cohort_id);
        document["last_edit_id"] = edits.empty() ? 0 : edits.front().edit_id.value;
        document["undo"] = summary_of(edit_to_undo(edits));
        const StoredEdit* redo = edit_to_redo(edits);
        document["redo"] = redo == nullptr ? Json() : Json(sentence_of(redo->edit));
    } else {
        document["set_aside"] = Json::array();  // their messages quote what people wrote of their hours
    }
    return json_reply(document);
}

Response groups(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    return json_reply(
        {{"version", state->version}, {"groups", groups_json(review_of(*state, stage, *database))}});
}

Response starts(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    const GroupId id{call.key("group")};
    const GroupRow* group = group_of(state->cohort, id);
    if (group == nullptr || !is_running(*group)) throw Refusal(404, "not_found", "no such running group");
    Json list = Json::array();
    for (const SpareStart& spare : spare_starts(*state, id, stage.surroundings.zones)) {
        list.push_back({{"start", to_string(spare.start)},
                        {"first_meeting", to_iso8601(spare.first_meeting)},
                        {"if_needed", spare.if_needed}});
    }
    return json_reply({{"version", state->version},
                       {"anchor", group->anchor.value_or("UTC")},
                       {"pinned", group->pinned},
                       {"starts", list}});
}

Response checks(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    std::vector<Violation> violations = check_plan(state->problem.problem, state->plan);
    std::erase_if(violations, [](const Violation& violation) { return violation.rule == "plan"; });
    return json_reply({{"version", state->version}, {"violations", violations_json(violations)}});
}

ZonePtr zone_for(const Call& call, const Backstage& stage) {
    const ZonePtr zone = stage.surroundings.zones.find(call.query("zone").value_or("UTC"));
    if (!zone) throw Refusal(400, "bad_request", "zone: is not a time zone");
    return zone;
}

Response heat(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    const HeatMap map = heat_map(state->problem.problem, zone_for(call, stage));
    Json cells = Json::array();
    for (const HeatCell& cell : map.cells) {
        cells.push_back(
            {cell.participants, cell.participants_if_needed, cell.facilitators, cell.facilitators_if_needed});
    }
    return json_reply({{"version", state->version}, {"zone", map.zone->name()}, {"cells", cells}});
}

Response who_is_free(const Call& call, Backstage& stage) {
    constexpr int kHours = kMinutesPerWeek / 60;
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    const std::string& text = call.parameters.at("hour");
    const int hour = text == "0" ? 0 : static_cast<int>(std::min<std::int64_t>(call.key("hour"), kHours));
    if (hour >= kHours) throw Refusal(404, "not_found", "no such hour: 0 to 167, from Monday midnight on");
    const Problem& problem = state->problem.problem;
    const Instant start =
        meeting_instants(*zone_for(call, stage), WeeklyStart{hour * 60}, problem.schedule().start_date, 1)
            .front();
    Json people = Json::array();
    for (const Person& person : problem.people()) {
        const bool free = is_free(person.clock(), person.available, start, 60);
        const bool if_needed =
            !free && is_free(person.clock(), person.available.united_with(person.if_needed), start, 60);
        if (!free && !if_needed) continue;
        people.push_back({{"user_id", state->problem.user_of.at(person.id).value},
                          {"name", person.name},
                          {"role", to_string(person.role)},
                          {"if_needed", if_needed}});
    }
    return json_reply({{"start", to_iso8601(start)}, {"people", people}});
}

}  // namespace

void add_cohort_routes(Router& router, Backstage& stage) {
    const auto get = [&](std::string path, Access access, Response (*answer)(const Call&, Backstage&)) {
        router.add("GET", std::move(path), access,
                   [&stage, answer](const Call& call) { return answer(call, stage); });
    };
    get("/api/v1/cohorts", Access::viewer, list);
    get("/api/v1/cohorts/{cohort}", Access::viewer, board);
    get("/api/v1/cohorts/{cohort}/groups", Access::viewer, groups);
    get("/api/v1/cohorts/{cohort}/groups/{group}/starts", Access::organiser, starts);
    get("/api/v1/cohorts/{cohort}/checks", Access::viewer, checks);
    get("/api/v1/cohorts/{cohort}/heat", Access::viewer, heat);
    get("/api/v1/cohorts/{cohort}/heat/{hour}", Access::organiser, who_is_free);
}

}  // namespace convene::web
