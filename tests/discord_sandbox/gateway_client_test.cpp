// The bot's connection, over real sockets, against the look-alike that shares no code with it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/discord_sandbox/gateway_fixture.h"
#include "tests/support/program.h"

namespace convene::discord {
namespace {

TEST_F(GatewayClientTest, connects_compressed_or_not_and_hears_what_happens) {
    for (const bool compress : {false, true}) {
        Heard heard;
        GatewayClient client(configuration(intent::kGuilds, compress), rest_client(), std::nullopt,
                             heard.callbacks());
        EXPECT_EQ(heard.count("GUILD_CREATE", 1), 1U);
        EXPECT_EQ(heard.first("READY")["application"]["id"], sandbox_.endpoints().application_id);
        const std::string name = compress ? "one" : "two";
        make_channel(name);
        EXPECT_TRUE(heard.channel_came(name));
        EXPECT_TRUE(client.status().connected);
    }
}

TEST_F(GatewayClientTest, a_command_that_somebody_types_arrives) {
    rest("PUT",
         fmt::format("/applications/{}/guilds/{}/commands", sandbox_.endpoints().application_id,
                     sandbox_.endpoints().guild_id),
         {{{"name", "schedule"}, {"description", "Schedules"}}});
    Heard heard;
    const auto client = connect(heard);
    ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    const Json typed = control("POST", "/interactions",
                               {{"user_id", sandbox_.endpoints().admin_user_id}, {"command", "schedule"}});
    ASSERT_EQ(heard.count("INTERACTION_CREATE", 1), 1U);
    EXPECT_EQ(heard.first("INTERACTION_CREATE")["id"], typed["id"]);
    EXPECT_EQ(heard.first("INTERACTION_CREATE")["data"]["name"], "schedule");
}

TEST_F(GatewayClientTest, resumes_after_every_accident_that_leaves_the_session_and_hears_what_it_missed) {
    Heard heard;
    const auto client = connect(heard);
    ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    const std::vector<Json> accidents = {{{"action", "drop"}},
                                         {{"action", "close"}, {"code", 4000}},
                                         {{"action", "close"}, {"code", 4008}},
                                         {{"action", "reconnect"}},
                                         {{"action", "invalid_session"}, {"resumable", true}}};
    std::size_t number = 0;
    for (const Json& order : accidents) {
        accident(order);
        const std::string name = fmt::format("missed-{}", ++number);
        make_channel(name);
        EXPECT_TRUE(heard.channel_came(name)) << order;
        EXPECT_EQ(heard.count("RESUMED", number), number) << order;
    }
    EXPECT_EQ(history("identified"), 1);
    EXPECT_EQ(history("resumed"), static_cast<int>(number));
    EXPECT_EQ(history("resumed", "not at resume_gateway_url"), 0);
    EXPECT_EQ(client->status().identifies, 1U);
    EXPECT_EQ(heard.channels().size(), number) << "nothing came twice that was sent once";
}

TEST_F(GatewayClientTest, closed_with_1000_it_comes_back_whether_or_not_the_session_is_still_there) {
    Heard heard;
    const auto client = connect(heard);
    ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    accident({{"action", "close"}, {"code", 1000}});
    for (int i = 0; i < 500 && client->status().connections < 2; ++i) std::this_thread::sleep_for(10ms);
    for (int i = 0; i < 1000 && !client->status().connected; ++i) std::this_thread::sleep_for(10ms);
    make_channel("after");
    EXPECT_TRUE(heard.channel_came("after"));
}

TEST_F(GatewayClientTest, a_lost_ack_is_noticed_at_the_next_heartbeat_and_the_session_resumed) {
    control("POST", "/settings", {{"heartbeat_interval_ms", 400}});
    Heard heard;
    const auto client = connect(heard);
    ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    accident({{"action", "lose_acks"}});
    EXPECT_EQ(heard.count("RESUMED", 1), 1U);
    EXPECT_EQ(client->status().acks_missed, 1U);
    EXPECT_EQ(history("identified"), 1);
    EXPECT_EQ(history("disconnected", "1000"), 0);
}

TEST_F(GatewayClientTest, heartbeats_keep_a_connection_alive_for_many_intervals) {
    control("POST", "/settings", {{"heartbeat_interval_ms", 200}});
    Heard heard;
    const auto client = connect(heard);
    ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    accident({{"action", "heartbeat"}});
    EXPECT_EQ(heard.count("RESUMED", 1, 3s), 0U);
    const auto status = client->status();
    EXPECT_GE(status.heartbeats, 10U);
    EXPECT_EQ(status.connections, 1U);
    EXPECT_TRUE(status.ack_latency);
    EXPECT_EQ(history("no heartbeat"), 0);
}

TEST_F(GatewayClientTest, a_session_that_is_over_is_followed_by_a_new_one) {
    for (const Json& order :
         {Json{{"action", "invalid_session"}}, Json{{"action", "close"}, {"code", 4009}}}) {
        Heard heard;
        const auto client = connect(heard);
        ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
        accident(order);
        EXPECT_EQ(heard.count("READY", 2, 20s), 2U) << order;
        const std::string name = fmt::format("after-{}", order.value("code", 9));
        make_channel(name);
        EXPECT_TRUE(heard.channel_came(name));
        client->stop(GatewayClient::Ending::for_good);
    }
}

TEST_F(GatewayClientTest, events_that_come_twice_or_out_of_order_are_all_passed_on) {
    Heard heard;
    const auto client = connect(heard);
    ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    accident({{"action", "duplicate"}, {"event", "CHANNEL_CREATE"}});
    make_channel("twice");
    accident({{"action", "reorder"}, {"event", "CHANNEL_CREATE"}, {"count", 2}});
    make_channel("first");
    make_channel("second");
    EXPECT_EQ(heard.count("CHANNEL_CREATE", 4), 4U);
    EXPECT_THAT(heard.channels(), testing::ElementsAre("twice", "twice", "second", "first"));
    accident({{"action", "drop"}});
    make_channel("third");
    EXPECT_TRUE(heard.channel_came("third"));
    EXPECT_EQ(heard.channels().size(), 5U) << "the resume went on after the last that came";
}

TEST_F(GatewayClientTest, a_restart_resumes_what_the_process_before_it_kept) {
    Heard before;
    Heard after;
    auto client = connect(before);
    ASSERT_EQ(before.count("GUILD_CREATE", 1), 1U);
    client->stop(GatewayClient::Ending::resume_later);
    ASSERT_TRUE(before.kept());
    make_channel("meanwhile");
    client = connect(after, parse_session_state(print_session_state(*before.kept())));
    EXPECT_TRUE(after.channel_came("meanwhile"));
    EXPECT_EQ(after.count("RESUMED", 1), 1U);
    EXPECT_EQ(history("identified"), 1);
}

TEST_F(GatewayClientTest, a_kept_session_that_discord_has_forgotten_costs_one_identify_and_nothing_else) {
    Heard before;
    Heard after;
    auto client = connect(before);
    ASSERT_EQ(before.count("GUILD_CREATE", 1), 1U);
    client->stop(GatewayClient::Ending::resume_later);
    accident({{"action", "forget_sessions"}});
    client = connect(after, before.kept());
    EXPECT_EQ(after.count("GUILD_CREATE", 1), 1U);
    EXPECT_EQ(history("identified"), 2);
}

TEST_F(GatewayClientTest, leaving_for_good_ends_the_session_on_discord) {
    Heard heard;
    const auto client = connect(heard);
    ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
    client->stop(GatewayClient::Ending::for_good);
    EXPECT_FALSE(heard.kept());
    for (int i = 0; i < 100 && history("disconnected", "1000") == 0; ++i)
        std::this_thread::sleep_for(10ms);  // the sandbox notices on a thread of its own
    EXPECT_EQ(history("disconnected", "1000"), 1);
    EXPECT_TRUE(control("GET", "/gateway")["sessions"].empty());
}

TEST_F(GatewayClientTest, a_wrong_token_and_intents_not_granted_are_fatal_and_say_what_to_do) {
    Heard wrong;
    GatewayConfiguration bad = configuration();
    bad.token = "nonsense";
    const GatewayClient refused(bad, rest_client(nullptr, "nonsense"), std::nullopt, wrong.callbacks());
    EXPECT_THAT(wrong.gave_up(), testing::HasSubstr("DISCORD_TOKEN"));
    Heard members;
    const GatewayClient disallowed(configuration(intent::kGuilds | intent::kGuildMembers), rest_client(),
                                   std::nullopt, members.callbacks());
    EXPECT_THAT(members.gave_up(), testing::HasSubstr("Server Members"));
}

TEST_F(GatewayClientTest, with_the_budget_of_identifies_used_up_it_waits_instead_of_losing_its_token) {
    control("POST", "/settings", {{"identifies_per_day", 1}});
    Heard first;
    Heard second;
    auto client = connect(first);
    ASSERT_EQ(first.count("GUILD_CREATE", 1), 1U);
    client->stop(GatewayClient::Ending::for_good);
    client = connect(second);
    EXPECT_EQ(second.count("READY", 1, 3s), 0U);
    EXPECT_EQ(client->status().connections, 0U);
    EXPECT_EQ(history("over the day's budget of Identifies: token reset"), 0);
    EXPECT_TRUE(second.gave_up(0ms).empty());
}

TEST_F(GatewayClientTest, stops_at_once_while_waiting_connecting_or_connected) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) {
        Heard heard;
        const auto client = connect(heard);
        std::this_thread::sleep_for(std::chrono::milliseconds(i));
        client->stop(i % 2 == 0 ? GatewayClient::Ending::for_good : GatewayClient::Ending::resume_later);
        accident({{"action", "forget_sessions"}});
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s);
}

class LargeGuildTest : public GatewayClientTest {
protected:
    LargeGuildTest() : GatewayClientTest(options()) {}
    static sandbox::Options options() {
        static const convene::test::TestFolder folder;
        sandbox::Options options;
        options.guild_file = folder.write("guild.json", R"({"channels": [{"name": "talk", "count": 499}]})");
        return options;
    }
};

TEST_F(LargeGuildTest, a_guild_of_500_channels_arrives_whole) {
    for (const bool compress : {false, true}) {
        Heard heard;
        const GatewayClient client(configuration(intent::kGuilds, compress), rest_client(), std::nullopt,
                                   heard.callbacks());
        ASSERT_EQ(heard.count("GUILD_CREATE", 1), 1U);
        EXPECT_EQ(heard.first("GUILD_CREATE")["channels"].size(), 500U);
    }
}

}  // namespace
}  // namespace convene::discord
