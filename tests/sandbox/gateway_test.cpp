// The gateway, over a real socket, as any client meets it.
#include <thread>

#include "gateway_client.h"
#include "sandbox_client.h"

namespace convene::sandbox {
namespace {
constexpr int kGuilds = 1;
constexpr int kGuildMembers = 2;
constexpr int kGuildMessages = 512;
constexpr int kMessageContent = 32768;
constexpr int kScheduledEvents = 65536;

class GatewayTest : public SandboxTest {
protected:
    GatewayTest() { settings({{"identify_interval_ms", 0}}); }

    std::string url() const { return client.at.gateway; }
    std::string resume_url() const { return client.at.gateway + "/resume"; }
    json order(const json& accident) const { return client.control("POST", "/gateway", accident).body; }
    std::string make(const std::string& name) const { return client.create({{"name", name}}).id(); }
};

TEST_F(GatewayTest, an_identify_is_answered_by_ready_and_the_whole_guild) {
    GatewayClient gateway(url());
    ASSERT_TRUE(gateway.accepted);
    const json ready = gateway.log_in(client.at.token);
    EXPECT_EQ(ready["v"], 10);
    EXPECT_EQ(ready["user"]["id"], client.at.bot_user_id);
    EXPECT_EQ(ready["application"]["id"], client.at.application_id);
    EXPECT_EQ(ready["guilds"],
              json::parse(R"([{"id": ")" + client.at.guild_id + R"(", "unavailable": true}])"));
    EXPECT_EQ(ready["resume_gateway_url"], resume_url());
    const json guild = gateway.event("GUILD_CREATE");
    EXPECT_EQ(guild["channels"][0]["name"], "general");
    // Of the members only the bot: it has not the presences intent.
    ASSERT_EQ(guild["members"].size(), 1U);
    EXPECT_EQ(guild["members"][0]["user"]["id"], client.at.bot_user_id);
    EXPECT_EQ(guild["member_count"], 2);
}

TEST_F(GatewayTest, a_guild_of_500_channels_comes_in_one_frame) {
    TemporaryFile file(R"({"channels": [{"name": "talk", "count": 499}]})");
    Options options;
    options.guild_file = file.path;
    const SandboxProcess large(options);
    GatewayClient gateway(large.endpoints().gateway);
    (void)gateway.log_in(large.endpoints().token);
    EXPECT_EQ(gateway.event("GUILD_CREATE")["channels"].size(), 500U);
}

TEST_F(GatewayTest, compressed_frames_say_the_same) {
    GatewayClient gateway(url(), "v=10&encoding=json&compress=zlib-stream");
    EXPECT_EQ(gateway.log_in(client.at.token)["user"]["id"], client.at.bot_user_id);
    EXPECT_EQ(gateway.event("GUILD_CREATE")["id"], client.at.guild_id);
    (void)make("x");
    EXPECT_EQ(gateway.event("CHANNEL_CREATE")["name"], "x");
}

TEST_F(GatewayTest, heartbeats_are_acknowledged) {
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token);
    gateway.send({{"op", 1}, {"d", 2}});
    EXPECT_EQ(gateway.op(11)["op"], 11);
    order({{"action", "lose_acks"}, {"count", 1}});
    gateway.send({{"op", 1}, {"d", 2}});
    gateway.send({{"op", 1}, {"d", 2}});
    EXPECT_EQ(gateway.op(11)["op"], 11);
    EXPECT_TRUE(gateway.receive(200).is_null());
}

TEST_F(GatewayTest, a_client_without_heartbeats_is_closed_with_4009_and_must_start_anew) {
    settings({{"heartbeat_interval_ms", 100}});
    GatewayClient gateway(url());
    EXPECT_EQ(gateway.receive()["d"]["heartbeat_interval"], 100);
    EXPECT_TRUE(gateway.receive().is_null());
    EXPECT_EQ(gateway.close_code, 4009);
}

TEST_F(GatewayTest, a_week_on_the_sandboxs_clock_costs_no_heartbeat) {
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token);
    client.control("POST", "/clock", {{"advance_seconds", 604'800}});
    gateway.send({{"op", 1}, {"d", 2}});
    EXPECT_EQ(gateway.op(11)["op"], 11);
}

TEST_F(GatewayTest, wrong_clients_are_closed_with_the_code_that_says_why) {
    const json properties = {{"os", "linux"}, {"browser", "t"}, {"device", "t"}};
    const auto closed_after = [&](const json& payload, const std::string& query = "v=10&encoding=json") {
        GatewayClient gateway(url(), query);
        if (!payload.is_null()) gateway.send(payload);
        while (!gateway.ended && !gateway.receive().is_null()) {
        }
        return gateway.close_code;
    };
    const auto identify = [&](const json& changes) {
        json data = {{"token", client.at.token}, {"intents", 1}, {"properties", properties}};
        data.update(changes);
        return json{{"op", 2}, {"d", data}};
    };
    EXPECT_EQ(closed_after({{"op", 99}}), 4001);
    EXPECT_EQ(closed_after({{"op", 1}, {"d", std::string(5'000, 'x')}}), 4002);
    EXPECT_EQ(closed_after({{"op", 8}, {"d", json::object()}}), 4003);
    EXPECT_EQ(closed_after(identify({{"token", "wrong"}})), 4004);
    EXPECT_EQ(closed_after(identify({{"shard", {3, 2}}})), 4010);
    EXPECT_EQ(closed_after(nullptr, "v=6&encoding=json"), 4012);
    EXPECT_EQ(closed_after(identify({{"intents", 1 << 30}})), 4013);
    EXPECT_EQ(closed_after(identify({{"intents", kGuilds | kGuildMembers}})), 4014);

    GatewayClient twice(url());
    (void)twice.log_in(client.at.token);
    twice.send(identify(json::object()));
    while (!twice.receive().is_null()) {
    }
    EXPECT_EQ(twice.close_code, 4005);

    GatewayClient chatty(url());
    for (int i = 0; i < 121; ++i) chatty.send({{"op", 1}, {"d", nullptr}});
    while (!chatty.receive().is_null()) {
    }
    EXPECT_EQ(chatty.close_code, 4008);
}

TEST_F(GatewayTest, what_a_dropped_session_missed_is_replayed_on_resume) {
    GatewayClient first(url());
    (void)first.log_in(client.at.token);
    ASSERT_FALSE(first.event("GUILD_CREATE").is_null());
    order({{"action", "drop"}});
    EXPECT_TRUE(first.receive().is_null());
    EXPECT_EQ(first.close_code, 0);
    (void)make("one");
    (void)make("two");

    GatewayClient second(resume_url());
    second.resume(client.at.token, first.session_id, first.seq);
    EXPECT_EQ(second.names(), (std::vector<std::string>{"CHANNEL_CREATE", "CHANNEL_CREATE", "RESUMED"}));
    (void)make("three");
    EXPECT_EQ(second.event("CHANNEL_CREATE")["name"], "three");
}

TEST_F(GatewayTest, a_session_closed_with_1000_cannot_be_resumed_and_a_vanished_one_can) {
    for (const bool goodbye : {true, false}) {
        GatewayClient first(url());
        (void)first.log_in(client.at.token);
        ASSERT_FALSE(first.event("GUILD_CREATE").is_null());
        if (goodbye) {
            first.close(1000);
            EXPECT_TRUE(first.receive().is_null());
        } else {
            first.vanish();
        }
        GatewayClient second(resume_url());
        second.resume(client.at.token, first.session_id, first.seq);
        const json answer = second.receive();
        if (goodbye) {
            EXPECT_EQ(answer["op"], 9);
            EXPECT_EQ(answer["d"], false);
        } else {
            EXPECT_EQ(answer["t"], "RESUMED");
        }
    }
}

TEST_F(GatewayTest, a_lost_session_is_kept_for_minutes_not_for_ever) {
    GatewayClient first(url());
    (void)first.log_in(client.at.token);
    first.vanish();
    // The ten minutes count from when the sandbox has noticed.
    while (!client.control("GET", "/gateway").body["connections"].empty()) std::this_thread::yield();
    client.control("POST", "/clock", {{"advance_seconds", 600}});
    GatewayClient second(resume_url());
    second.resume(client.at.token, first.session_id, first.seq);
    EXPECT_EQ(second.receive()["op"], 9);
}

TEST_F(GatewayTest, resuming_from_the_future_is_4007) {
    GatewayClient first(url());
    (void)first.log_in(client.at.token);
    order({{"action", "drop"}});
    GatewayClient second(resume_url());
    second.resume(client.at.token, first.session_id, 999);
    EXPECT_TRUE(second.receive().is_null());
    EXPECT_EQ(second.close_code, 4007);
}

TEST_F(GatewayTest, ordered_reconnects_and_invalid_sessions_reach_the_client) {
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token);
    ASSERT_FALSE(gateway.event("GUILD_CREATE").is_null());
    order({{"action", "heartbeat"}});
    EXPECT_EQ(gateway.receive()["op"], 1);
    order({{"action", "reconnect"}});
    EXPECT_EQ(gateway.receive()["op"], 7);
    order({{"action", "invalid_session"}, {"resumable", true}});
    EXPECT_EQ(gateway.receive()["d"], true);
    order({{"action", "invalid_session"}, {"resumable", false}});
    EXPECT_EQ(gateway.receive()["d"], false);
    GatewayClient again(resume_url());
    again.resume(client.at.token, gateway.session_id, gateway.seq);
    EXPECT_EQ(again.receive()["op"], 9);
}

TEST_F(GatewayTest, an_identify_within_five_seconds_of_another_meets_op_9) {
    settings({{"identify_interval_ms", 5'000}});
    GatewayClient first(url());
    ASSERT_FALSE(first.log_in(client.at.token).is_null());
    GatewayClient second(url());
    (void)second.receive();
    const json identify = {
        {"op", 2}, {"d", {{"token", client.at.token}, {"intents", 1}, {"properties", json::object()}}}};
    second.send(identify);
    EXPECT_EQ(second.receive(), json::parse(R"({"op": 9, "d": false, "s": null, "t": null})"));
    client.control("POST", "/clock", {{"advance_seconds", 5}});
    second.send(identify);
    EXPECT_FALSE(second.event("READY").is_null());
}

TEST_F(GatewayTest, going_over_the_days_identifies_ends_every_session_and_resets_the_token) {
    settings({{"identifies_per_day", 2}});
    EXPECT_EQ(client.rest("GET", "/gateway/bot").body["session_start_limit"]["remaining"], 2);
    GatewayClient first(url());
    (void)first.log_in(client.at.token);
    GatewayClient second(url());
    (void)second.log_in(client.at.token);
    const json limit = client.rest("GET", "/gateway/bot").body["session_start_limit"];
    EXPECT_EQ(limit["remaining"], 0);
    EXPECT_GT(limit["reset_after"].get<long long>(), 86'000'000);
    GatewayClient third(url());
    EXPECT_TRUE(third.log_in(client.at.token).is_null());
    EXPECT_EQ(third.close_code, 4004);
    while (!first.ended) (void)first.receive();
    EXPECT_EQ(first.close_code, 4004);
    EXPECT_EQ(client.rest("GET", "/users/@me").status, 401);
}

TEST_F(GatewayTest, a_day_gives_identifies_back) {
    settings({{"identifies_per_day", 1}});
    GatewayClient first(url());
    (void)first.log_in(client.at.token);
    client.control("POST", "/clock", {{"advance_seconds", 86'400}});
    EXPECT_EQ(client.rest("GET", "/gateway/bot").body["session_start_limit"]["remaining"], 1);
    GatewayClient second(url());
    EXPECT_FALSE(second.log_in(client.at.token).is_null());
}

TEST_F(GatewayTest, channels_events_and_messages_are_told_to_those_who_asked) {
    GatewayClient plain(url());
    (void)plain.log_in(client.at.token, kGuilds);
    GatewayClient curious(url());
    (void)curious.log_in(client.at.token, kGuilds | kGuildMessages | kScheduledEvents);
    const std::string voice = client.create({{"name", "v"}, {"type", 2}}).id();
    const std::string event = client.create_event(voice).id();
    client.rest("PATCH", client.guild() + "/scheduled-events/" + event, {{"name", "n"}});
    client.rest("DELETE", client.guild() + "/scheduled-events/" + event);
    client.say(client.general(), {{"content", "x"}});
    client.rest("PATCH", "/channels/" + voice, {{"name", "w"}});
    client.rest("DELETE", "/channels/" + voice);
    EXPECT_EQ(plain.names(), (std::vector<std::string>{"GUILD_CREATE", "CHANNEL_CREATE", "CHANNEL_UPDATE",
                                                       "CHANNEL_DELETE"}));
    EXPECT_EQ(curious.names(),
              (std::vector<std::string>{"GUILD_CREATE", "CHANNEL_CREATE", "GUILD_SCHEDULED_EVENT_CREATE",
                                        "GUILD_SCHEDULED_EVENT_UPDATE", "GUILD_SCHEDULED_EVENT_DELETE",
                                        "MESSAGE_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE"}));
}

TEST_F(GatewayTest, deleting_a_voice_channel_takes_its_events_along_in_silence) {
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token, kGuilds | kScheduledEvents);
    const std::string voice = client.create({{"name", "v"}, {"type", 2}}).id();
    (void)client.create_event(voice);
    client.rest("DELETE", "/channels/" + voice);
    EXPECT_EQ(gateway.names(), (std::vector<std::string>{"GUILD_CREATE", "CHANNEL_CREATE",
                                                         "GUILD_SCHEDULED_EVENT_CREATE", "CHANNEL_DELETE"}));
}

TEST_F(GatewayTest, an_event_cancelled_by_the_clock_is_an_update) {
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token, kGuilds | kScheduledEvents);
    const std::string voice = client.create({{"name", "v"}, {"type", 2}}).id();
    (void)client.create_event(voice, 1);
    client.control("POST", "/clock", {{"advance_seconds", 6 * 3'600}});
    EXPECT_EQ(gateway.event("GUILD_SCHEDULED_EVENT_UPDATE")["status"], 4);
}

TEST_F(GatewayTest, members_come_and_go_for_sessions_with_the_privileged_intent) {
    settings({{"guild_members_intent", true}});
    GatewayClient plain(url());
    (void)plain.log_in(client.at.token, kGuilds);
    GatewayClient curious(url());
    (void)curious.log_in(client.at.token, kGuilds | kGuildMembers);
    client.join("555");
    const json joined = curious.event("GUILD_MEMBER_ADD");
    EXPECT_EQ(joined["user"]["id"], "555");
    EXPECT_EQ(joined["guild_id"], client.at.guild_id);
    client.control("DELETE", "/members/555");
    EXPECT_EQ(curious.event("GUILD_MEMBER_REMOVE")["user"]["id"], "555");
    EXPECT_EQ(plain.names(), (std::vector<std::string>{"GUILD_CREATE"}));
}

TEST_F(GatewayTest, a_channel_the_bot_cannot_view_comes_without_its_name) {
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token);
    client.control(
        "POST", "/act",
        {{"user_id", client.at.admin_user_id},
         {"method", "POST"},
         {"path", client.guild() + "/channels"},
         {"body",
          {{"name", "staff"},
           {"permission_overwrites", {{{"id", client.at.guild_id}, {"type", 0}, {"deny", "1024"}}}}}}});
    const json hidden = gateway.event("CHANNEL_CREATE");
    EXPECT_EQ(hidden["name"], "___hidden___");
    EXPECT_EQ(hidden["flags"], 1 << 17);
    client.control(
        "POST", "/act",
        {{"user_id", client.at.admin_user_id},
         {"method", "PUT"},
         {"path", "/channels/" + hidden["id"].get<std::string>() + "/permissions/" + client.at.bot_user_id},
         {"body", {{"type", 1}, {"allow", "1024"}}}});
    EXPECT_EQ(gateway.event("CHANNEL_UPDATE")["name"], "staff");
}

TEST_F(GatewayTest, what_others_write_comes_without_content_unless_the_intent_is_granted) {
    const auto say = [&] {
        client.control("POST", "/act",
                       {{"user_id", client.at.admin_user_id},
                        {"method", "POST"},
                        {"path", "/channels/" + client.general() + "/messages"},
                        {"body", {{"content", "secret"}}}});
    };
    GatewayClient plain(url());
    (void)plain.log_in(client.at.token, kGuilds | kGuildMessages);
    settings({{"message_content_intent", true}});
    GatewayClient granted(url());
    (void)granted.log_in(client.at.token, kGuilds | kGuildMessages | kMessageContent);
    say();
    EXPECT_EQ(plain.event("MESSAGE_CREATE")["content"], "");
    EXPECT_EQ(granted.event("MESSAGE_CREATE")["content"], "secret");
}

TEST_F(GatewayTest, events_are_lost_repeated_and_reordered_as_ordered) {
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token);
    ASSERT_FALSE(gateway.event("GUILD_CREATE").is_null());
    const auto next = [&] { return gateway.event("CHANNEL_CREATE")["name"]; };
    order({{"action", "lose"}, {"event", "CHANNEL_CREATE"}});
    (void)make("lost");
    (void)make("kept");
    EXPECT_EQ(next(), "kept");
    order({{"action", "duplicate"}, {"event", "CHANNEL_CREATE"}});
    (void)make("twice");
    EXPECT_EQ(next(), "twice");
    EXPECT_EQ(next(), "twice");
    order({{"action", "reorder"}, {"event", "CHANNEL_CREATE"}, {"count", 2}});
    (void)make("first");
    (void)make("second");
    EXPECT_EQ(next(), "second");
    EXPECT_EQ(next(), "first");
    (void)make("as-usual");
    EXPECT_EQ(next(), "as-usual");
}

TEST_F(GatewayTest, members_can_be_requested_by_id_without_a_privilege) {
    client.join("555");
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token);
    gateway.send({{"op", 8}, {"d", {{"guild_id", client.at.guild_id}, {"user_ids", {"555"}}, {"limit", 0}}}});
    const json chunk = gateway.event("GUILD_MEMBERS_CHUNK");
    ASSERT_EQ(chunk["members"].size(), 1U);
    EXPECT_EQ(chunk["members"][0]["user"]["id"], "555");
}

TEST_F(GatewayTest, asking_for_all_members_twice_in_half_a_minute_is_limited) {
    settings({{"guild_members_intent", true}});
    GatewayClient gateway(url());
    (void)gateway.log_in(client.at.token, kGuilds | kGuildMembers);
    const json everybody = {{"op", 8},
                            {"d", {{"guild_id", client.at.guild_id}, {"query", ""}, {"limit", 0}}}};
    gateway.send(everybody);
    EXPECT_EQ(gateway.event("GUILD_MEMBERS_CHUNK")["members"].size(), 2U);
    gateway.send(everybody);
    EXPECT_EQ(gateway.event("RATE_LIMITED")["opcode"], 8);
    client.control("POST", "/clock", {{"advance_seconds", 30}});
    gateway.send(everybody);
    EXPECT_EQ(gateway.event("GUILD_MEMBERS_CHUNK")["members"].size(), 2U);
}

TEST_F(GatewayTest, the_control_port_tells_who_is_connected_and_what_happened) {
    {
        GatewayClient gateway(url());
        (void)gateway.log_in(client.at.token);
        const json now = client.control("GET", "/gateway").body;
        ASSERT_EQ(now["sessions"].size(), 1U);
        EXPECT_EQ(now["sessions"][0]["intents"], 1);
        EXPECT_EQ(now["connections"].size(), 1U);
        gateway.close(1000);
        (void)gateway.receive();
    }
    EXPECT_EQ(client.control("POST", "/gateway", {{"action", "explode"}}).status, 400);
}

}  // namespace
}  // namespace convene::sandbox
