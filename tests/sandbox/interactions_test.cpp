// Slash commands, buttons and autocomplete, from the user's side and the application's.
#include <thread>

#include "gateway_client.h"
#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

const json kSchedule = {
    {"name", "schedule"},
    {"description", "Makes groups"},
    {"default_member_permissions", "0"},
    {"options",
     {{{"type", 3}, {"name", "cohort"}, {"description", "Which"}, {"required", true}, {"autocomplete", true}},
      {{"type", 4}, {"name", "min"}, {"description", "Least"}, {"min_value", 2}, {"max_value", 8}},
      {{"type", 5}, {"name", "use-if-needed"}, {"description", "All"}, {"required", false}}}}};
const json kHello = {{"name", "hello"}, {"description", "Greets"}};

class Interactions : public SandboxTest {
protected:
    Interactions() : gateway(client.at.gateway) {
        (void)gateway.log_in(client.at.token);
        EXPECT_EQ(client.rest("PUT", commands(), {kSchedule, kHello}).status, 200);
    }
    std::string commands() const {
        return "/applications/" + client.at.application_id + "/guilds/" + client.at.guild_id + "/commands";
    }
    Reply type(const std::string& command, const json& options = json::object(),
               std::string user = "") const {
        if (user.empty()) user = client.at.admin_user_id;
        return client.control("POST", "/interactions",
                              {{"user_id", user}, {"command", command}, {"options", options}});
    }
    /// Types /hello and returns what the application receives.
    json hello() {
        EXPECT_EQ(type("hello").status, 201);
        return gateway.event("INTERACTION_CREATE");
    }
    /// By the token in the path alone: no bot token is needed.
    Reply by_token(const std::string& method, const std::string& path, const json& body = nullptr) const {
        return send(method, client.at.api_base + path, body.is_null() ? "" : body.dump(),
                    {"User-Agent: DiscordBot (https://example.org, 1.0)", "Content-Type: application/json"});
    }
    Reply answer(const json& interaction, const json& body, const std::string& query = "") const {
        return by_token("POST",
                        "/interactions/" + interaction["id"].get<std::string>() + "/" +
                            interaction["token"].get<std::string>() + "/callback" + query,
                        body);
    }
    std::string webhook(const json& interaction) const {
        return "/webhooks/" + client.at.application_id + "/" + interaction["token"].get<std::string>();
    }
    std::string original(const json& interaction) const {
        return webhook(interaction) + "/messages/@original";
    }
    json shown(const json& interaction) const {
        return client.control("GET", "/interactions/" + interaction["id"].get<std::string>()).body;
    }
    void wait_seconds(double seconds) const {
        client.control("POST", "/clock", {{"advance_seconds", seconds}});
    }
    static json message(const std::string& content, int flags = 0) {
        return {{"type", 4}, {"data", {{"content", content}, {"flags", flags}}}};
    }

    GatewayClient gateway;
};

TEST_F(Interactions, the_first_answer_is_found_though_its_at_sign_comes_encoded) {
    const json got = hello();
    ASSERT_EQ(answer(got, message("hi")).status, 204);
    const std::string encoded = webhook(got) + "/messages/%40original";
    EXPECT_EQ(by_token("GET", encoded).id(), by_token("GET", original(got)).id());
    EXPECT_EQ(by_token("PATCH", encoded, {{"content", "ho"}}).status, 200);
    EXPECT_EQ(shown(got)["content"], "ho");
}

TEST_F(Interactions, a_typed_command_reaches_the_application_and_its_answer_the_channel) {
    const Reply typed = type("schedule", {{"cohort", "1"}, {"min", "4"}, {"use-if-needed", true}});
    ASSERT_EQ(typed.status, 201) << typed.text;
    const json got = gateway.event("INTERACTION_CREATE");
    EXPECT_EQ(got["id"], typed.id());
    EXPECT_EQ(got["type"], 2);
    EXPECT_EQ(got["data"]["name"], "schedule");
    EXPECT_EQ(got["data"]["options"], json::parse(R"([{"name": "cohort", "type": 3, "value": "1"},
        {"name": "min", "type": 4, "value": 4}, {"name": "use-if-needed", "type": 5, "value": true}])"));
    EXPECT_EQ(got["member"]["user"]["id"], client.at.admin_user_id);
    EXPECT_NE(std::stoull(got["member"]["permissions"].get<std::string>()) & 8U, 0U);
    EXPECT_EQ(got["guild_id"], client.at.guild_id);
    EXPECT_EQ(shown(got)["status"], "waiting");

    EXPECT_EQ(answer(got, message("21 placed")).status, 204);
    const json after = shown(got);
    EXPECT_EQ(after["status"], "answered");
    EXPECT_EQ(after["content"], "21 placed");
    EXPECT_FALSE(after["ephemeral"].get<bool>());
    const json in_channel = client.state()["messages"][got["channel_id"].get<std::string>()].back();
    EXPECT_EQ(in_channel["content"], "21 placed");
    EXPECT_EQ(in_channel["interaction_metadata"]["user"]["id"], client.at.admin_user_id);
}

TEST_F(Interactions, a_second_answer_is_refused_and_noted) {
    const json got = hello();
    EXPECT_EQ(answer(got, message("a")).status, 204);
    EXPECT_EQ(answer(got, message("b")).code(), 40060);
    EXPECT_EQ(shown(got)["content"], "a");
    EXPECT_EQ(shown(got)["history"][1]["what"], "refused: already acknowledged");
    settings({{"second_ack_unknown", true}});
    EXPECT_EQ(answer(got, message("b")).code(), 10062);
}

TEST_F(Interactions, an_answer_after_three_seconds_is_too_late) {
    const json got = hello();
    wait_seconds(3);
    const Reply late = answer(got, message("a"));
    EXPECT_EQ(late.status, 404);
    EXPECT_EQ(late.code(), 10062);
    EXPECT_EQ(shown(got)["status"], "failed");
    EXPECT_EQ(by_token("PATCH", original(got), {{"content", "x"}}).code(), 10015);
}

TEST_F(Interactions, a_deferred_answer_thinks_until_it_is_edited_and_keeps_its_history) {
    const json got = hello();
    EXPECT_EQ(answer(got, {{"type", 5}}).status, 204);
    EXPECT_EQ(shown(got)["status"], "thinking");
    EXPECT_EQ(by_token("GET", original(got)).body["flags"], 128);
    wait_seconds(2);
    EXPECT_EQ(by_token("PATCH", original(got), {{"content", "half"}}).status, 200);
    wait_seconds(2);
    const Reply edited =
        by_token("PATCH", original(got), {{"content", "done"}, {"embeds", {{{"title", "t"}}}}});
    EXPECT_EQ(edited.body["flags"], 0);
    const json now = shown(got);
    EXPECT_EQ(now["status"], "answered");
    EXPECT_EQ(now["content"], "done");
    ASSERT_EQ(now["history"].size(), 3U);
    EXPECT_EQ(now["history"][0]["what"], "deferred");
    EXPECT_EQ(now["history"][1]["content"], "half");
    EXPECT_GE(now["history"][2]["ms"].get<int>(), 4'000);
    EXPECT_EQ(now["history"][2]["embeds"][0]["title"], "t");
}

TEST_F(Interactions, after_a_quarter_of_an_hour_the_token_is_worth_nothing) {
    const json got = hello();
    EXPECT_EQ(answer(got, {{"type", 5}}).status, 204);
    wait_seconds(899);
    EXPECT_EQ(by_token("PATCH", original(got), {{"content", "x"}}).status, 200);
    wait_seconds(2);
    const Reply late = by_token("PATCH", original(got), {{"content", "y"}});
    EXPECT_EQ(late.status, 401);
    EXPECT_EQ(late.code(), 50027);
    // The message itself can still be edited by the bot in its channel.
    const std::string id = shown(got)["message_id"];
    EXPECT_EQ(client
                  .rest("PATCH", "/channels/" + got["channel_id"].get<std::string>() + "/messages/" + id,
                        {{"content", "z"}})
                  .status,
              200);
}

TEST_F(Interactions, a_deferral_may_be_ephemeral_and_nothing_else) {
    EXPECT_EQ(answer(hello(), {{"type", 5}, {"data", {{"flags", 4}}}}).code(), 50035);
    const json got = hello();
    EXPECT_EQ(answer(got, {{"type", 5}, {"data", {{"flags", 64}}}}).status, 204);
    EXPECT_TRUE(shown(got)["ephemeral"].get<bool>());
    EXPECT_EQ(by_token("PATCH", original(got), {{"content", "between us"}}).body["flags"], 64);
}

TEST_F(Interactions, an_ephemeral_answer_is_in_no_channel) {
    const json got = hello();
    EXPECT_EQ(answer(got, message("between us", 64)).status, 204);
    const std::string channel = got["channel_id"];
    EXPECT_TRUE(client.rest("GET", "/channels/" + channel + "/messages").body.empty());
    const std::string id = shown(got)["message_id"];
    EXPECT_EQ(client.rest("GET", "/channels/" + channel + "/messages/" + id).code(), 10008);
    EXPECT_EQ(by_token("GET", original(got)).body["content"], "between us");
}

TEST_F(Interactions, the_callback_shows_the_message_when_asked) {
    const json got = hello();
    const Reply reply = answer(got, message("a"), "?with_response=true");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body["resource"]["message"]["content"], "a");
    EXPECT_EQ(reply.body["interaction"]["response_message_loading"], false);
}

TEST_F(Interactions, follow_ups_are_new_messages_except_the_first_after_a_deferral) {
    const json got = hello();
    EXPECT_EQ(answer(got, {{"type", 5}}).status, 204);
    const Reply filled = by_token("POST", webhook(got), {{"content", "first"}});
    EXPECT_EQ(filled.id(), shown(got)["message_id"]);
    const Reply second = by_token("POST", webhook(got), {{"content", "second"}});
    const Reply third = by_token("POST", webhook(got), {{"content", "second"}});
    EXPECT_NE(second.id(), third.id());
    EXPECT_EQ(shown(got)["followups"].size(), 2U);
    const std::string path = webhook(got) + "/messages/" + second.id();
    EXPECT_EQ(by_token("PATCH", path, {{"content", "changed"}}).body["content"], "changed");
    EXPECT_EQ(by_token("DELETE", path).status, 204);
    EXPECT_EQ(by_token("GET", path).code(), 10008);
    EXPECT_EQ(by_token("DELETE", original(got)).status, 204);
    EXPECT_EQ(by_token("GET", original(got)).code(), 10008);
}

TEST_F(Interactions, an_answer_obeys_the_limits_of_messages) {
    EXPECT_EQ(answer(hello(), message(std::string(2'001, 'x'))).code(), 50035);
    EXPECT_EQ(answer(hello(), message("")).code(), 50006);
    const json got = hello();
    EXPECT_EQ(answer(got, {{"type", 8}, {"data", {{"choices", json::array()}}}}).code(), 50035);
    // A refused answer is none: there is still time for a right one.
    EXPECT_EQ(answer(got, message("a")).status, 204);
    EXPECT_EQ(by_token("POST", "/webhooks/77/" + got["token"].get<std::string>(), {{"content", "x"}}).code(),
              10015);
    EXPECT_EQ(by_token("POST", "/interactions/77/wrong/callback", message("a")).code(), 10062);
}

TEST_F(Interactions, without_allowed_mentions_an_answer_notifies_users_only) {
    client.join("555");
    const json got = hello();
    EXPECT_EQ(answer(got, message("<@555> @everyone <@&" + client.at.guild_id + ">")).status, 204);
    const json sent = by_token("GET", original(got)).body;
    EXPECT_EQ(sent["mentions"].size(), 1U);
    EXPECT_FALSE(sent["mention_everyone"].get<bool>());
    EXPECT_TRUE(sent["mention_roles"].empty());
}

TEST_F(Interactions, options_are_held_against_the_command_before_anything_is_sent) {
    EXPECT_EQ(type("schedule").status, 400);
    EXPECT_EQ(type("schedule", {{"cohort", ""}}).status, 400);
    EXPECT_EQ(type("schedule", {{"cohort", "1"}, {"min", 1}}).status, 400);
    EXPECT_EQ(type("schedule", {{"cohort", "1"}, {"min", 9}}).status, 400);
    EXPECT_EQ(type("schedule", {{"cohort", "1"}, {"min", "4.5"}}).status, 400);
    EXPECT_EQ(type("schedule", {{"cohort", "1"}, {"use-if-needed", "perhaps"}}).status, 400);
    EXPECT_EQ(type("schedule", {{"cohort", "1"}, {"max", 3}}).status, 400);
    EXPECT_EQ(type("unknown").status, 404);
    EXPECT_TRUE(gateway.event("INTERACTION_CREATE", 100).is_null());
}

TEST_F(Interactions, a_command_for_administrators_is_offered_to_nobody_else) {
    client.join("555");
    client.join("556", true);
    EXPECT_EQ(type("schedule", {{"cohort", "1"}}, "555").status, 403);
    EXPECT_EQ(type("hello", json::object(), "555").status, 201);
    EXPECT_EQ(type("schedule", {{"cohort", "1"}}, "556").status, 201);
    EXPECT_EQ(type("hello", json::object(), "557").status, 403);
}

TEST_F(Interactions, an_autocomplete_offers_the_choices_and_says_how_long_it_took) {
    json offered;
    std::thread user([&] {
        offered = client
                      .control("POST", "/autocomplete",
                               {{"user_id", client.at.admin_user_id},
                                {"command", "schedule"},
                                {"option", "cohort"},
                                {"value", "AI"}})
                      .body;
    });
    const json got = gateway.event("INTERACTION_CREATE");
    EXPECT_EQ(got["type"], 4);
    EXPECT_EQ(got["data"]["options"],
              json::parse(R"([{"name": "cohort", "type": 3, "value": "AI", "focused": true}])"));
    json choices = json::array();
    for (int i = 0; i < 26; ++i) choices.push_back({{"name", "c"}, {"value", "v"}});
    EXPECT_EQ(answer(got, {{"type", 8}, {"data", {{"choices", choices}}}}).code(), 50035);
    EXPECT_EQ(answer(got, {{"type", 8}, {"data", {{"choices", {{{"name", ""}, {"value", "v"}}}}}}}).code(),
              50035);
    EXPECT_EQ(
        answer(got, {{"type", 8}, {"data", {{"choices", {{{"name", "AI Safety"}, {"value", "1"}}}}}}}).status,
        204);
    user.join();
    EXPECT_TRUE(offered["answered"].get<bool>());
    EXPECT_EQ(offered["choices"][0]["name"], "AI Safety");
    EXPECT_GT(offered["milliseconds"].get<double>(), 0.0);
}

TEST_F(Interactions, an_autocomplete_that_nobody_answers_ends_after_its_time) {
    settings({{"interaction_ack_ms", 50}});
    const Reply reply = client.control(
        "POST", "/autocomplete",
        {{"user_id", client.at.admin_user_id}, {"command", "schedule"}, {"option", "cohort"}, {"value", ""}});
    EXPECT_FALSE(reply.body["answered"].get<bool>());
    EXPECT_TRUE(reply.body["choices"].empty());
    EXPECT_EQ(client
                  .control("POST", "/autocomplete",
                           {{"user_id", client.at.admin_user_id},
                            {"command", "schedule"},
                            {"option", "min"},
                            {"value", ""}})
                  .status,
              400);
}

TEST_F(Interactions, a_pressed_button_changes_the_message_it_is_on) {
    const json button = {
        {{"type", 1},
         {"components",
          {{{"type", 2}, {"style", 1}, {"label", "Next"}, {"custom_id", "page:2"}},
           {{"type", 2}, {"style", 1}, {"label", "Off"}, {"custom_id", "off"}, {"disabled", true}}}}}};
    const json first = hello();
    json with_button = message("page 1", 64);
    with_button["data"]["components"] = button;
    EXPECT_EQ(answer(first, with_button).status, 204);
    const auto push = [&](const std::string& custom_id, const std::string& user) {
        return client.control(
            "POST", "/components",
            {{"user_id", user}, {"message_id", shown(first)["message_id"]}, {"custom_id", custom_id}});
    };
    client.join("555");
    EXPECT_EQ(push("page:2", "555").status, 404) << "an ephemeral message is one user's";
    EXPECT_EQ(push("off", client.at.admin_user_id).status, 400);
    EXPECT_EQ(push("page:9", client.at.admin_user_id).status, 400);
    ASSERT_EQ(push("page:2", client.at.admin_user_id).status, 201);
    const json pressed = gateway.event("INTERACTION_CREATE");
    EXPECT_EQ(pressed["type"], 3);
    EXPECT_EQ(pressed["data"]["custom_id"], "page:2");
    EXPECT_EQ(pressed["message"]["content"], "page 1");
    EXPECT_EQ(answer(pressed, {{"type", 7}, {"data", {{"content", "page 2"}}}}).status, 204);
    EXPECT_EQ(shown(first)["content"], "page 2");
    EXPECT_EQ(by_token("PATCH", original(pressed), {{"content", "page 3"}}).status, 200);
    EXPECT_EQ(shown(first)["content"], "page 3");
}

TEST_F(Interactions, commands_keep_their_ids_and_versions_while_they_stay_the_same) {
    const json before = client.rest("GET", commands()).body;
    const json same = client.rest("PUT", commands(), {kSchedule, kHello}).body;
    EXPECT_EQ(before, same);
    json changed = kHello;
    changed["description"] = "Greets more";
    const json after = client.rest("PUT", commands(), json::array({changed})).body;
    ASSERT_EQ(after.size(), 1U);
    const json& old = before[before[0]["name"] == "hello" ? 0 : 1];
    EXPECT_EQ(after[0]["id"], old["id"]);
    EXPECT_NE(after[0]["version"], old["version"]);
    EXPECT_EQ(type("schedule", {{"cohort", "1"}}).status, 404);
}

TEST_F(Interactions, what_equals_a_default_is_left_out_of_a_command_unless_the_mode_says_otherwise) {
    const auto third_option = [&] {
        for (const json& command : client.rest("PUT", commands(), json::array({kSchedule})).body) {
            return json(command["options"][2]);
        }
        return json();
    };
    EXPECT_FALSE(third_option().contains("required"));
    settings({{"show_command_defaults", true}});
    EXPECT_EQ(third_option()["required"], false);
}

TEST_F(Interactions, faulty_commands_are_refused_whole) {
    const auto put = [&](const json& changes) {
        json command = kHello;
        command.update(changes);
        return client.rest("PUT", commands(), json::array({command}));
    };
    const json option = {{"type", 3}, {"name", "o"}, {"description", "d"}};
    EXPECT_EQ(put({{"name", "Hello"}}).field_error("0.name"), "APPLICATION_COMMAND_INVALID_NAME");
    EXPECT_EQ(put({{"name", std::string(33, 'x')}}).field_error("0.name"), "BASE_TYPE_BAD_LENGTH");
    EXPECT_EQ(put({{"description", std::string(101, 'x')}}).code(), 50035);
    EXPECT_EQ(put({{"options", {option, option}}}).field_error("0.options.1.name"),
              "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_USED");
    json required = option;
    required["name"] = "p";
    required["required"] = true;
    EXPECT_EQ(put({{"options", {option, required}}}).field_error("0.options.1.required"),
              "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID");
    EXPECT_EQ(client.rest("PUT", commands(), {kHello, kHello}).field_error("1.name"),
              "APPLICATION_COMMANDS_DUPLICATE_NAME");
    EXPECT_EQ(client.rest("PUT", "/applications/77/guilds/" + client.at.guild_id + "/commands", json::array())
                  .code(),
              10002);
    EXPECT_EQ(client.rest("GET", commands()).body.size(), 2U);
}

TEST_F(Interactions, only_so_many_new_commands_a_day) {
    settings({{"command_creates_per_day", 3}});
    json third = kHello;
    third["name"] = "third";
    EXPECT_EQ(client.rest("PUT", commands(), json::array({third})).status, 200);
    json fourth = kHello;
    fourth["name"] = "fourth";
    EXPECT_EQ(client.rest("PUT", commands(), json::array({fourth})).code(), 30034);
    wait_seconds(86'400);
    EXPECT_EQ(client.rest("PUT", commands(), json::array({fourth})).status, 200);
}

TEST_F(Interactions, two_sessions_both_hear_of_it_and_one_answer_counts) {
    settings({{"identify_interval_ms", 0}});
    GatewayClient second(client.at.gateway);
    (void)second.log_in(client.at.token);
    const json got = hello();
    EXPECT_EQ(second.event("INTERACTION_CREATE")["id"], got["id"]);
    EXPECT_EQ(answer(got, {{"type", 5}}).status, 204);
    EXPECT_EQ(answer(got, {{"type", 5}}).code(), 40060);
}

TEST_F(Interactions, the_callback_is_outside_the_global_limit) {
    settings({{"rate_limits", true}, {"global_per_second", 1}});
    const json got = hello();
    EXPECT_EQ(client.rest("GET", "/users/@me").status, 200);
    EXPECT_EQ(answer(got, {{"type", 5}}).status, 204);
    EXPECT_EQ(by_token("PATCH", original(got), {{"content", "x"}}).status, 200);
}

}  // namespace
}  // namespace convene::sandbox
