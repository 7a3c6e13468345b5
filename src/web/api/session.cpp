// Logging in and out, and links that let others in.
#include <fmt/format.h>

#include "app/queries/cohorts.h"
#include "web/api/api.h"
#include "web/api/cookies.h"
#include "web/login/secrets.h"
#include "web/reply.h"

namespace convene::web {
namespace {

constexpr std::size_t kLongestName = 80;

Json describe(const Session& session, const Backstage& stage) {
    return {{"logged_in", true},
            {"user", session.user},
            {"csrf", session.csrf},
            {"read_only", !session.may_change()},
            {"cohort_id", session.only ? Json(session.only->value) : Json()},
            {"login_needed", stage.options.login},
            {"discord_login", static_cast<bool>(stage.surroundings.discord_login)},
            {"can_publish", static_cast<bool>(stage.surroundings.make_realizer)},
            {"rehearsal", stage.surroundings.rehearsal}};
}

Response welcome(const SessionPtr& session, const Backstage& stage) {
    Response response = json_reply(describe(*session, stage));
    response.headers.emplace_back("Set-Cookie", session_cookie(*session, stage));
    return response;
}

Response show(const Call& call, Backstage& stage) {
    if (call.session) return json_reply(describe(*call.session, stage));
    // On loopback and without a login, whoever opens the page is who started the program.
    if (!stage.options.login) return welcome(stage.sessions.open(stage.options.user), stage);
    return json_reply({{"logged_in", false},
                       {"login_needed", true},
                       {"discord_login", static_cast<bool>(stage.surroundings.discord_login)}});
}

void count_attempt(const Call& call, Backstage& stage) {
    if (!stage.logins.take(call.request.client, std::chrono::steady_clock::now()))
        throw Refusal(429, "too_many", "too many attempts; wait a minute");
}

Response redeem(const Call& call, Backstage& stage) {
    count_attempt(call, stage);
    const auto session = stage.sessions.redeem(text_in(object_of(call.request), "token").value_or(""));
    if (!session)
        throw Refusal(403, "bad_link", "this link is not valid: it was used, has expired, or is incomplete");
    return welcome(session, stage);
}

Response close(const Call& call, Backstage& stage) {
    if (call.session) stage.sessions.close(call.session->id);
    return {204, {{"Set-Cookie", expired_cookie(stage)}}, "", {}};
}

Response make_link(const Call& call, Backstage& stage) {
    const Json body = object_of(call.request);
    const std::string kind = text_in(body, "kind").value_or("");
    if (kind == "share") {
        const CohortId cohort{number_in(body, "cohort").value_or(0)};
        const auto database = stage.databases.lend();
        (void)stage.states.current(database->cohorts(), stage.surroundings.zones, cohort);
        return json_reply({{"url", stage.base_url + "/#share=" + stage.sessions.share_token(cohort)}});
    }
    if (kind != "login") throw Refusal(400, "bad_request", "kind: expected login or share");
    const std::string name = printable(text_in(body, "name").value_or(""));
    if (name.empty() || name.size() > kLongestName)
        throw Refusal(400, "bad_request", "name: expected a name of at most 80 bytes");
    return json_reply({{"url", stage.base_url + "/#login=" + stage.sessions.login_token(name)}});
}

std::string redirect_uri(const Backstage& stage) {
    return stage.base_url + "/api/v1/login/discord/return";
}

Response to_discord(const Call& call, Backstage& stage) {
    count_attempt(call, stage);
    if (!stage.surroundings.discord_login)
        throw Refusal(404, "not_found", "login with Discord is not set up");
    const std::string state = random_secret();
    const std::string location = fmt::format(
        "https://discord.com/oauth2/"
        "authorize?response_type=code&client_id={}&scope=identify%20guilds&state={}"
        "&redirect_uri={}&prompt=none",
        stage.surroundings.discord_application_id, state, percent_encoded(redirect_uri(stage)));
    return {302, {{"Location", location}, {"Set-Cookie", state_cookie(state, stage)}}, "", {}};
}

/// Discord sends the browser back. Only the browser that left with this state may come back with it.
Response from_discord(const Call& call, Backstage& stage) {
    count_attempt(call, stage);
    const auto home = [&](const std::string& why) {
        return Response{302, {{"Location", "/#refused=" + why}}, "", {}};
    };
    if (!stage.surroundings.discord_login)
        throw Refusal(404, "not_found", "login with Discord is not set up");
    const std::string left_with = call.request.cookie(kStateCookie);
    const std::string state = call.query("state").value_or("");
    if (left_with.empty() || !equal_secrets(left_with, state)) return home("state");
    const auto code = call.query("code");
    if (!code) return home("declined");
    const DiscordUser user = stage.surroundings.discord_login(*code, redirect_uri(stage));
    if (!user.administrator) return home("administrator");
    const auto session = stage.sessions.open(printable(user.name));
    return {302, {{"Location", "/"}, {"Set-Cookie", session_cookie(*session, stage)}}, "", {}};
}

}  // namespace

void add_session_routes(Router& router, Backstage& stage) {
    const auto add = [&](const char* method, std::string path, Access access,
                         Response (*answer)(const Call&, Backstage&)) {
        router.add(method, std::move(path), access,
                   [&stage, answer](const Call& call) { return answer(call, stage); });
    };
    add("GET", "/api/v1/session", Access::anybody, show);
    add("POST", "/api/v1/session", Access::anybody, redeem);
    add("DELETE", "/api/v1/session", Access::viewer, close);
    add("POST", "/api/v1/links", Access::organiser, make_link);
    add("GET", "/api/v1/login/discord", Access::anybody, to_discord);
    add("GET", "/api/v1/login/discord/return", Access::anybody, from_discord);
}

}  // namespace convene::web
