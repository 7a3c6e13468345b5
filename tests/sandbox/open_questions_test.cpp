// Where Discord's documentation is silent there is a setting: both of its sides, told apart.
#include "gateway_client.h"
#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

class OpenQuestions : public SandboxTest {
protected:
    /// A channel that the bot cannot view.
    std::string foreign_channel() const {
        return client
            .control("POST", "/act",
                     {{"user_id", client.at.admin_user_id},
                      {"method", "POST"},
                      {"path", client.guild() + "/channels"},
                      {"body",
                       {{"name", "staff"},
                        {"permission_overwrites",
                         {{{"id", client.at.guild_id}, {"type", 0}, {"deny", "1024"}}}}}}})
            .id();
    }
    std::size_t visible_to(const std::string& user_id) const {
        return client.control("GET", "/visible?user_id=" + user_id).body["channels"].size();
    }
};

TEST_F(OpenQuestions, a_hidden_channel_is_forbidden_unknown_or_obfuscated) {
    const std::string path = "/channels/" + foreign_channel();
    EXPECT_EQ(client.rest("GET", path).code(), 50001);
    settings({{"hidden_channel", "unknown_channel"}});
    EXPECT_EQ(client.rest("GET", path).code(), 10003);
    settings({{"hidden_channel", "obfuscated"}});
    const Reply shown = client.rest("GET", path);
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.body["name"], "___hidden___");
    EXPECT_EQ(client.control("POST", "/settings", {{"hidden_channel", "perhaps"}}).status, 400);
}

TEST_F(OpenQuestions, categories_count_as_channels_or_not_and_have_a_limit_of_their_own) {
    settings({{"channels_per_guild", 3}});  // #general is one
    EXPECT_EQ(client.create({{"name", "A"}, {"type", 4}}).status, 201);
    EXPECT_EQ(client.create({{"name", "B"}, {"type", 4}}).status, 201);
    EXPECT_EQ(client.create({{"name", "c"}}).code(), 30013);
    settings({{"categories_count", false}});
    EXPECT_EQ(client.create({{"name", "c"}}).status, 201);
    EXPECT_EQ(client.create({{"name", "d"}}).status, 201);
    EXPECT_EQ(client.create({{"name", "e"}}).code(), 30013);
    EXPECT_EQ(client.create({{"name", "E"}, {"type", 4}}).status, 201);
    settings({{"categories_per_guild", 3}});
    EXPECT_EQ(client.create({{"name", "F"}, {"type", 4}}).code(), 30013);
}

TEST_F(OpenQuestions, a_series_takes_several_places_or_one) {
    const std::string voice = client.create({{"name", "v"}, {"type", 2}}).id();
    const json weekly = {
        {"recurrence_rule",
         {{"start", client.in_hours(24)}, {"frequency", 2}, {"interval", 1}, {"by_weekday", {1}}}}};
    settings({{"events_per_guild", 5}});
    EXPECT_EQ(client.create_event(voice, 24, weekly).status, 200);
    EXPECT_EQ(client.create_event(voice, 24, weekly).code(), 30038);
    EXPECT_EQ(client.create_event(voice).status, 200);
    settings({{"places_of_a_series", 1}});
    EXPECT_EQ(client.create_event(voice, 24, weekly).status, 200);
}

TEST_F(OpenQuestions, overwrites_survive_leaving_or_go) {
    client.join("555");
    (void)client.create({{"name", "x"}, {"permission_overwrites", hidden_from_all_but(client.at, {"555"})}});
    const auto leaves_and_returns = [&] {
        EXPECT_EQ(client.control("DELETE", "/members/555").status, 204);
        client.join("555");
    };
    leaves_and_returns();
    EXPECT_EQ(visible_to("555"), 2U);
    settings({{"overwrites_survive_leaving", false}});
    leaves_and_returns();
    EXPECT_EQ(visible_to("555"), 1U);
}

TEST_F(OpenQuestions, objects_have_a_field_of_tomorrow_or_only_todays) {
    GatewayClient gateway(client.at.gateway);
    (void)gateway.log_in(client.at.token);
    const Reply made = client.create({{"name", "x"}});
    EXPECT_TRUE(made.body.contains("field_of_tomorrow"));
    EXPECT_TRUE(gateway.event("CHANNEL_CREATE").contains("field_of_tomorrow"));
    const json state = client.state();
    for (const json& channel : state.at("channels")) EXPECT_FALSE(channel.contains("field_of_tomorrow"));
    settings({{"unknown_fields", false}});
    EXPECT_FALSE(client.create({{"name", "y"}}).body.contains("field_of_tomorrow"));
}

TEST_F(OpenQuestions, embeds_come_back_once_or_twice) {
    const json rich = {{"embeds", {{{"title", "t"}}}}};
    EXPECT_EQ(client.say(client.general(), rich).body["embeds"].size(), 1U);
    settings({{"duplicated_embeds", true}});
    EXPECT_EQ(client.say(client.general(), rich).body["embeds"].size(), 2U);
}

TEST_F(OpenQuestions, making_things_meets_a_limit_of_the_server_that_no_header_shows) {
    settings({{"rate_limits", true}, {"server_writes", {{"limit", 2}, {"window_ms", 60'000}}}});
    EXPECT_EQ(client.create({{"name", "a"}}).status, 201);
    EXPECT_EQ(client.create({{"name", "b"}}).status, 201);
    const Reply refused = client.create({{"name", "c"}});
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.body["code"], 20029);
    EXPECT_EQ(refused.headers.at("x-ratelimit-scope"), "shared");
    EXPECT_NE(refused.headers.at("x-ratelimit-remaining"), "0");
    EXPECT_TRUE(client.requests().back()["violation"].is_null()) << "no client can know of it";
}

TEST_F(OpenQuestions, the_hash_of_a_bucket_can_change) {
    settings({{"rate_limits", true}});
    const auto hash = [&] { return client.rest("GET", "/users/@me").headers.at("x-ratelimit-bucket"); };
    const std::string before = hash();
    EXPECT_EQ(hash(), before);
    settings({{"bucket_generation", 1}});
    EXPECT_NE(hash(), before);
}

TEST_F(OpenQuestions, texts_lose_control_characters) {
    EXPECT_EQ(client
                  .say(client.general(), {{"content",
                                           "a\x01"
                                           "b\r\nc\td\x7f"}})
                  .body["content"],
              "ab\nc\td");
}

TEST_F(OpenQuestions, strangers_are_limited_by_address_and_the_bot_is_not_with_them) {
    settings({{"rate_limits", true}, {"global_per_second", 3}});
    const auto stranger = [&] {
        return send("GET", client.at.api_base + "/users/@me", "",
                    {"Authorization: Bot wrong", "User-Agent: DiscordBot (https://example.org, 1.0)"})
            .status;
    };
    // The clock stands still for nobody: whatever second this falls into, six are too many.
    int refused = 0;
    for (int i = 0; i < 7; ++i) refused += stranger() == 429 ? 1 : 0;
    EXPECT_GT(refused, 0);
    EXPECT_EQ(client.rest("GET", "/users/@me").status, 200);
}

TEST_F(OpenQuestions, the_bot_cannot_be_put_out_and_every_channel_has_its_list_of_messages) {
    EXPECT_EQ(client.control("DELETE", "/members/" + client.at.bot_user_id).status, 400);
    EXPECT_EQ(client.state()["messages"][client.general()], json::array());
}

}  // namespace
}  // namespace convene::sandbox
