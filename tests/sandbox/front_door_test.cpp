// What is checked before a route is even looked at, and what the log keeps.
#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

class FrontDoor : public SandboxTest {
protected:
    Reply ask(const std::string& path, const std::vector<std::string>& headers) const {
        const std::string host = client.at.api_base.substr(0, client.at.api_base.find("/api"));
        return send("GET", host + path, "", headers);
    }
    std::string token() const { return "Authorization: Bot " + client.at.token; }
};
const std::string kAgent = "User-Agent: DiscordBot (https://example.org, 1.0)";

TEST_F(FrontDoor, token_agent_and_version_are_asked_for) {
    EXPECT_EQ(ask("/api/v10/users/@me", {token(), kAgent}).status, 200);
    EXPECT_EQ(ask("/api/v10/users/@me", {"Authorization: Bot wrong", kAgent}).status, 401);
    EXPECT_EQ(ask("/api/v10/users/@me", {kAgent}).status, 401);
    EXPECT_EQ(ask("/api/v10/users/@me", {token(), "User-Agent: curl/7"}).code(), 40333);
    EXPECT_EQ(ask("/api/users/@me", {token(), kAgent}).code(), 50041);
    EXPECT_EQ(ask("/users/@me", {token(), kAgent}).code(), 50041);
}

TEST_F(FrontDoor, unknown_paths_methods_ids_and_guilds_are_told_apart) {
    EXPECT_EQ(client.rest("GET", "/nowhere").status, 404);
    EXPECT_EQ(client.rest("PUT", "/users/@me").status, 405);
    EXPECT_EQ(client.rest("GET", "/channels/abc").field_error("channel_id"), "NUMBER_TYPE_COERCE");
    EXPECT_EQ(client.rest("GET", "/guilds/77").code(), 10004);
    EXPECT_EQ(client.rest("GET", "/channels/77").code(), 10003);
    EXPECT_EQ(client.rest("GET", client.guild() + "/members/77").code(), 10007);
}

TEST_F(FrontDoor, a_path_may_be_percent_encoded_like_any_other) {
    EXPECT_EQ(client.rest("GET", "/users/%40me").id(), client.at.bot_user_id);
    EXPECT_EQ(client.requests().back()["bucket"], "get_my_user");
    // A slash that is encoded does not divide.
    EXPECT_EQ(client.rest("GET", "/users%2F@me").status, 404);
}

TEST_F(FrontDoor, a_body_must_be_json_and_say_so) {
    const std::string url = client.at.api_base + client.guild() + "/channels";
    EXPECT_EQ(send("POST", url, "{\"name\": \"x\"}", {token(), kAgent, "Content-Type: text/plain"}).code(),
              50035);
    EXPECT_EQ(send("POST", url, "{\"name\": ", {token(), kAgent, "Content-Type: application/json"}).code(),
              50109);
    EXPECT_EQ(send("POST", url, "[]", {token(), kAgent, "Content-Type: application/json"}).code(), 50035);
}

TEST_F(FrontDoor, members_are_listed_only_with_the_intent_but_found_by_prefix_without) {
    client.join("555");
    EXPECT_EQ(client.rest("GET", client.guild() + "/members?limit=10").code(), 50001);
    EXPECT_EQ(client.rest("GET", client.guild() + "/members/search?query=U5").body[0]["user"]["id"], "555");
    settings({{"guild_members_intent", true}});
    const json members = client.rest("GET", client.guild() + "/members?limit=10").body;
    ASSERT_EQ(members.size(), 3U);
    EXPECT_EQ(members[0]["user"]["id"], "555");
    EXPECT_EQ(client.control("DELETE", "/members/555").status, 204);
    EXPECT_EQ(client.rest("GET", client.guild() + "/members/555").status, 404);
}

TEST_F(FrontDoor, the_bot_holds_what_it_was_installed_with) {
    const json roles = client.rest("GET", client.guild() + "/roles").body;
    const json me = client.rest("GET", client.guild() + "/members/" + client.at.bot_user_id).body;
    ASSERT_EQ(me["roles"].size(), 1U);
    for (const json& role : roles) {
        if (role["id"] != me["roles"][0]) continue;
        EXPECT_EQ(role["permissions"], "17601047645328");
        EXPECT_EQ(role["managed"], true);
        EXPECT_EQ(role["tags"]["bot_id"], client.at.bot_user_id);
    }
}

TEST_F(FrontDoor, the_log_numbers_every_request_and_marks_writes) {
    (void)client.rest("GET", "/users/@me");
    (void)client.create({{"name", "x"}});
    (void)client.create({{"name", ""}});
    const json all = client.requests();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[1]["n"], 2);
    EXPECT_EQ(all[1]["method"], "POST");
    EXPECT_EQ(all[1]["path"], "/api/v10" + client.guild() + "/channels");
    EXPECT_EQ(all[1]["status"], 201);
    EXPECT_EQ(all[1]["write"], true);
    EXPECT_EQ(all[1]["bucket"], "create_guild_channel");
    EXPECT_TRUE(all[1]["violation"].is_null());
    EXPECT_EQ(all[0]["write"], false);
    EXPECT_EQ(all[2]["committed"], false);
    const json rest = client.control("GET", "/requests?after=2").body;
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0]["n"], 3);
}

TEST_F(FrontDoor, an_exhausted_bucket_answers_429_and_is_logged_as_a_violation) {
    settings({{"rate_limits", true},
              {"buckets", {{"create_guild_channel", {{"limit", 2}, {"window_ms", 60'000}}}}}});
    EXPECT_EQ(client.create({{"name", "a"}}).headers.at("x-ratelimit-remaining"), "1");
    EXPECT_EQ(client.create({{"name", "b"}}).headers.at("x-ratelimit-remaining"), "0");
    const Reply refused = client.create({{"name", "c"}});
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.at("x-ratelimit-scope"), "user");
    EXPECT_GT(refused.body["retry_after"].get<double>(), 0.0);
    EXPECT_TRUE(client.requests()[2]["violation"].is_string());
    EXPECT_TRUE(client.requests()[1]["violation"].is_null());
}

TEST_F(FrontDoor, the_audit_log_tells_who_did_what_and_why) {
    const Reply made = client.create({{"name", "x"}}, {"X-Audit-Log-Reason: run%207%20%C3%BC"});
    const json log =
        client.rest("GET", client.guild() + "/audit-logs?action_type=10&user_id=" + client.at.bot_user_id)
            .body;
    ASSERT_EQ(log["audit_log_entries"].size(), 1U);
    EXPECT_EQ(log["audit_log_entries"][0]["target_id"], made.id());
    EXPECT_EQ(log["audit_log_entries"][0]["reason"], "run 7 ü");
    settings({{"audit_lag_ms", 60'000}});
    EXPECT_TRUE(client.rest("GET", client.guild() + "/audit-logs").body["audit_log_entries"].empty());
    EXPECT_EQ(client.create({{"name", "x"}}, {"X-Audit-Log-Reason: " + std::string(513, 'x')}).code(), 50035);
}

TEST_F(FrontDoor, the_line_that_announces_it_has_the_keys_of_the_contract) {
    const json line = json::parse(client.at.to_json_line());
    for (const char* key : {"api_base", "gateway", "control", "token", "application_id", "guild_id",
                            "bot_user_id", "admin_user_id"}) {
        EXPECT_TRUE(line.contains(key)) << key;
    }
    EXPECT_EQ(client.rest("GET", "/gateway/bot").body["url"], client.at.gateway);
    EXPECT_EQ(client.rest("GET", "/applications/@me").body["id"], client.at.application_id);
}

TEST_F(FrontDoor, the_control_port_explains_what_it_will_not_do) {
    EXPECT_EQ(client.control("POST", "/interactions", {{"user_id", "1"}, {"command", "x"}}).status, 404);
    EXPECT_EQ(client.control("GET", "/interactions/1").status, 404);
    EXPECT_EQ(client.control("GET", "/nothing").status, 404);
    EXPECT_EQ(client.control("POST", "/clock", {{"advance_seconds", -1}}).status, 400);
    EXPECT_EQ(client.control("POST", "/settings", {{"no_such", 1}}).status, 400);
    EXPECT_EQ(client.control("GET", "/visible").status, 400);
}

TEST_F(FrontDoor, a_member_made_administrator_sees_everything) {
    (void)client.create({{"name", "x"}, {"permission_overwrites", hidden_from_all_but(client.at)}});
    client.join("555", true);
    EXPECT_EQ(client.control("GET", "/visible?user_id=555").body["channels"].size(), 2U);
}

}  // namespace
}  // namespace convene::sandbox
