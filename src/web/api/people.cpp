// People: who they are, why they are in no group, and where they would fit.
#include "app/queries/people.h"
#include "app/cure_json.h"
#include "app/explain_cohort.h"
#include "app/move_verdicts.h"
#include "web/api/api.h"
#include "web/api/json.h"

namespace convene::web {
namespace {

Json groups_of(const CohortSnapshot& cohort, UserId user) {
    Json groups = Json::array();
    for (const GroupRow& group : cohort.groups) {
        if (!is_running(group)) continue;
        for (const MembershipRow& member : group.members) {
            if (member.user_id == user && member.status == MembershipStatus::active)
                groups.push_back(group.group_id.value);
        }
    }
    return groups;
}

Response list(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    Json people = Json::array();
    for (const SignupRow& signup : state->cohort.signups) {
        people.push_back({{"user_id", signup.user_id.value},
                          {"name", signup.display_name()},
                          {"role", to_string(signup.role)},
                          {"timezone", signup.timezone.value_or("")},
                          {"groups", groups_of(state->cohort, signup.user_id)}});
    }
    return json_reply({{"version", state->version}, {"people", people}});
}

Json to_json(const PersonExplanation& person, bool everything) {
    Json entry = {{"user_id", person.user_id.value},
                  {"name", person.name},
                  {"role", to_string(person.role)},
                  {"standing", to_string(person.standing)},
                  {"reason", person.reason ? Json(to_string(*person.reason)) : Json()}};
    if (!everything) return entry;  // details and cures tell of hours
    entry["detail"] = person.detail;
    entry["cure"] = person.cure ? convene::to_json(*person.cure) : Json();
    entry["letter"] = person.letter;
    return entry;
}

CohortExplanation explanation_of(const CohortSnapshot& cohort, const ZoneTable& zones,
                                 std::optional<std::string_view> person = {}) {
    auto explanation = explain_cohort(cohort, zones, person);
    if (!explanation) throw Refusal(422, "unusable_cohort", to_string(explanation.error().front()));
    return std::move(*explanation);
}

Response unplaced(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    const CohortExplanation explanation = explanation_of(state->cohort, stage.surroundings.zones);
    const bool everything = call.session->may_change();
    Json people = Json::array();
    for (const PersonExplanation& person : explanation.people) people.push_back(to_json(person, everything));
    Json cures = Json::array();
    if (everything)
        for (const Cure& cure : explanation.cures) cures.push_back(convene::to_json(cure));
    return json_reply({{"version", state->version}, {"people", people}, {"cures", cures}});
}

Json hours_of(const std::optional<std::string>& local, const std::optional<std::string>& utc) {
    if (local && !local->empty()) return {{"clock", "local"}, {"hours", parsed(*local)}};
    if (utc && !utc->empty()) return {{"clock", "utc"}, {"hours", *utc}};
    return {{"clock", "local"}, {"hours", Json()}};
}

Json text_or_null(const std::optional<std::string>& text) {
    return text ? Json(*text) : Json();
}

Response person(const Call& call, Backstage& stage) {
    const auto database = stage.databases.lend();
    const auto state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
    const UserId user{call.key("person")};
    const SignupRow* signup = signup_of(state->cohort, user);
    if (signup == nullptr) throw Refusal(404, "not_found", "no such person in this cohort");
    Json document = {
        {"version", state->version},
        {"user_id", user.value},
        {"name", signup->display_name()},
        {"role", to_string(signup->role)},
        {"timezone", signup->timezone.value_or("")},
        {"email", text_or_null(signup->email)},
        {"discord_username", text_or_null(signup->discord_username)},
        {"max_groups", signup->max_active_groups ? Json(*signup->max_active_groups) : Json()},
        {"available", hours_of(signup->availability_local, signup->availability_utc)},
        {"if_needed", hours_of(signup->if_needed_availability_local, signup->if_needed_availability_utc)},
        {"groups", groups_of(state->cohort, user)},
        {"explanation", Json()}};
    for (const PersonExplanation& told : explanation_of(state->cohort, stage.surroundings.zones).people)
        if (told.user_id == user) document["explanation"] = to_json(told, true);
    return json_reply(document);
}

Response verdicts(const Call& call, Backstage& stage) {
    const UserId user{call.key("person")};
    const std::optional<std::string> version = call.query("version");
    BoardStates::StatePtr state = version ? stage.states.known(call.cohort(), *version) : nullptr;
    if (!state) {
        const auto database = stage.databases.lend();
        state = stage.states.current(database->cohorts(), stage.surroundings.zones, call.cohort());
        if (version && *version != state->version)
            throw Refusal(409, "stale", "the cohort has changed", {{"version", state->version}});
    }
    const auto found = move_verdicts(*state, user, stage.surroundings.zones, stage.surroundings.clock.now());
    if (!found) throw Refusal(404, "not_found", "no such person in this cohort");
    const SignupRow* signup = signup_of(state->cohort, user);
    Json groups = Json::array();
    for (const MoveVerdict& verdict : found->groups) {
        groups.push_back({{"group_id", verdict.group_id.value},
                          {"here", verdict.here},
                          {"violations", violations_json(verdict.violations)},
                          {"if_needed", verdict.if_needed},
                          {"size", verdict.size},
                          {"after", score_json(verdict.after)}});
    }
    return json_reply({{"version", state->version},
                       {"user_id", user.value},
                       {"role", to_string(found->role)},
                       {"timezone", signup == nullptr ? "" : signup->timezone.value_or("")},
                       {"now", score_json(found->now)},
                       {"groups", groups}});
}

}  // namespace

void add_people_routes(Router& router, Backstage& stage) {
    const auto get = [&](std::string path, Access access, Response (*answer)(const Call&, Backstage&)) {
        router.add("GET", std::move(path), access,
                   [&stage, answer](const Call& call) { return answer(call, stage); });
    };
    get("/api/v1/cohorts/{cohort}/people", Access::viewer, list);
    get("/api/v1/cohorts/{cohort}/people/{person}", Access::organiser, person);
    get("/api/v1/cohorts/{cohort}/people/{person}/verdicts", Access::organiser, verdicts);
    get("/api/v1/cohorts/{cohort}/unplaced", Access::viewer, unplaced);
}

}  // namespace convene::web
