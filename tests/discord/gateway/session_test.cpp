#include "discord/gateway/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "discord/gateway/close_code.h"

namespace convene::discord {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using Time = GatewaySession::Time;

const std::string kResumeUrl = "wss://gateway-us-east1-b.discord.gg";

/// A session, the time, and what it last wanted. `random` is what the next draw gives.
struct Driven {
    explicit Driven(std::optional<SessionState> earlier = std::nullopt, int intents = intent::kGuilds)
        : session({"secret-token", intents, false, "mine"}, std::move(earlier), [this] { return random; }) {}

    void note(SessionActions actions) {
        last.clear();
        for (SessionAction& action : actions) {
            if (auto* keep = std::get_if<KeepState>(&action)) kept = keep->state;
            if (auto* why = std::get_if<StopForGood>(&action)) gave_up = why->reason;
            if (auto* close = std::get_if<CloseConnection>(&action)) closed_with = close->code;
            if (auto* connect = std::get_if<Connect>(&action)) url = connect->url;
            if (auto* event = std::get_if<DeliverEvent>(&action)) events.push_back(*event);
            if (auto* remark = std::get_if<Remark>(&action)) remarks += remark->text + "\n";
            if (auto* frame = std::get_if<SendFrame>(&action)) sent.push_back(json::parse(frame->text));
            last.push_back(std::move(action));
        }
    }
    template <class Action>
    [[nodiscard]] bool wants() const {
        return std::any_of(last.begin(), last.end(), [](const SessionAction& action) {
            return std::holds_alternative<Action>(action);
        });
    }
    void receive(const json& frame) { note(session.received(frame.dump(), now)); }
    void dispatch(const std::string& name, std::int64_t seq, const json& data = json::object()) {
        receive({{"op", 0}, {"s", seq}, {"t", name}, {"d", data}});
    }
    void hello(int interval_ms = 40'000) {
        receive({{"op", 10}, {"d", {{"heartbeat_interval", interval_ms}}}});
    }
    void ack() { receive({{"op", 11}}); }
    void ready(std::int64_t seq = 1) {
        dispatch("READY", seq, {{"session_id", "s1"}, {"resume_gateway_url", kResumeUrl}});
    }
    void inform(int remaining = 1000, std::chrono::milliseconds reset_after = 1h) {
        note(session.informed({"wss://gateway.discord.gg", 1000, remaining, reset_after, 1}, now));
    }
    /// Lets time pass until the session next wants to be woken, and wakes it.
    void wake() {
        ASSERT_TRUE(session.wake_at());
        now = std::max(now, *session.wake_at());
        note(session.time_passed(now));
    }
    /// Wakes it until it wants to connect or ask; how long that took.
    std::chrono::milliseconds wait_for_attempt() {
        const Time begin = now;
        for (int i = 0; i < 5 && !wants<Connect>() && !wants<AskGateway>(); ++i) wake();
        return std::chrono::duration_cast<std::chrono::milliseconds>(now - begin);
    }
    void log_in(int interval_ms = 40'000) {
        note(session.start(now));
        inform();
        hello(interval_ms);
        ready();
    }
    /// Connected long enough to count as settled, every heartbeat acknowledged.
    void settle() {
        for (const Time until = now + 1min; now < until;) {
            wake();
            ack();
        }
    }

    double random = 0.5;
    Time now{1000h};
    GatewaySession session;
    SessionActions last;
    std::vector<json> sent;
    std::vector<DeliverEvent> events;
    std::string url;
    std::string remarks;
    std::string gave_up;
    int closed_with = 0;
    std::optional<SessionState> kept;
};

const SessionState kKept{"s7", 40, kResumeUrl, "mine"};

TEST(GatewaySession, asks_for_the_budget_before_it_connects_and_identifies) {
    Driven bot;
    bot.note(bot.session.start(bot.now));
    EXPECT_TRUE(bot.wants<AskGateway>());
    EXPECT_FALSE(bot.wants<Connect>());
    bot.inform();
    EXPECT_EQ(bot.url, "wss://gateway.discord.gg/?v=10&encoding=json");
    EXPECT_TRUE(bot.sent.empty()) << "nothing before Hello";
    bot.hello();
    ASSERT_EQ(bot.sent.size(), 1U);
    EXPECT_EQ(bot.sent[0]["op"], 2);
    EXPECT_EQ(bot.sent[0]["d"]["token"], "secret-token");
    EXPECT_TRUE(bot.sent[0]["d"]["properties"].is_object());
}

TEST(GatewaySession, asks_for_guilds_alone_and_for_members_only_when_told_to) {
    Driven plain;
    plain.log_in();
    EXPECT_EQ(plain.sent[0]["d"]["intents"], 1);
    Driven members(std::nullopt, intent::kGuilds | intent::kGuildMembers);
    members.log_in();
    EXPECT_EQ(members.sent[0]["d"]["intents"], 3);
}

TEST(GatewaySession, compression_is_asked_for_in_the_address) {
    GatewaySession session({"t", 1, true, "mine"}, kKept, [] { return 0.0; });
    const SessionActions actions = session.start(Time{});
    EXPECT_EQ(std::get<Connect>(actions.at(0)).url, kResumeUrl + "/?v=10&encoding=json&compress=zlib-stream");
}

TEST(GatewaySession, the_first_heartbeat_comes_after_a_random_share_of_the_interval_and_then_each_interval) {
    for (const double share : {0.0, 0.25, 0.99}) {
        Driven bot;
        bot.random = share;
        const Time begin = bot.now;
        bot.note(bot.session.start(bot.now));
        bot.inform();
        bot.hello(40'000);
        bot.ready(5);
        while (bot.sent.size() < 2) bot.wake();
        EXPECT_EQ(bot.sent[1]["op"], 1);
        EXPECT_EQ(bot.sent[1]["d"], 5);
        EXPECT_EQ(bot.now - begin, std::chrono::duration_cast<GatewaySession::Duration>(40s * share));
        bot.ack();
        bot.dispatch("CHANNEL_CREATE", 6);
        const Time first = bot.now;
        while (bot.sent.size() < 3) bot.wake();
        EXPECT_EQ(bot.sent[2]["d"], 6);
        EXPECT_EQ(bot.now - first, 40s);
    }
}

TEST(GatewaySession, a_heartbeat_before_the_first_event_carries_null) {
    Driven bot;
    bot.random = 0.0;
    bot.note(bot.session.start(bot.now));
    bot.inform();
    bot.hello();
    bot.wake();
    ASSERT_EQ(bot.sent.size(), 2U);
    EXPECT_EQ(bot.sent[1]["op"], 1);
    EXPECT_TRUE(bot.sent[1]["d"].is_null());
}

TEST(GatewaySession, without_an_ack_before_the_next_heartbeat_it_closes_and_resumes) {
    Driven bot;
    bot.log_in();
    bot.settle();
    bot.dispatch("CHANNEL_CREATE", 17);
    const std::size_t frames = bot.sent.size();
    while (bot.sent.size() == frames) bot.wake();  // a heartbeat that nobody acknowledges
    while (bot.closed_with == 0) bot.wake();
    EXPECT_NE(bot.closed_with, 1000);
    EXPECT_NE(bot.closed_with, 1001);
    EXPECT_EQ(bot.sent.size(), frames + 1) << "no second heartbeat into a dead connection";
    EXPECT_FALSE(bot.session.counts().connected);
    EXPECT_EQ(bot.wait_for_attempt(), 0ms);
    EXPECT_EQ(bot.url, kResumeUrl + "/?v=10&encoding=json");
    bot.hello();
    EXPECT_EQ(bot.sent.back(),
              json::parse(R"({"op":6,"d":{"token":"secret-token","session_id":"s1","seq":17}})"));
    bot.dispatch("CHANNEL_DELETE", 18);
    bot.dispatch("RESUMED", 19);
    EXPECT_TRUE(bot.session.counts().connected);
    EXPECT_EQ(bot.session.counts().identifies, 1U);
    EXPECT_EQ(bot.session.counts().acks_missed, 1U);
    EXPECT_EQ(bot.events[2].name, "CHANNEL_DELETE");
}

TEST(GatewaySession, what_a_resume_replayed_is_not_asked_for_again_when_it_is_cut_short) {
    Driven bot;
    bot.log_in();
    bot.settle();
    bot.note(bot.session.closed(std::nullopt, bot.now));
    bot.wait_for_attempt();
    bot.hello();
    bot.dispatch("INTERACTION_CREATE", 2);
    bot.note(bot.session.closed(std::nullopt, bot.now));
    bot.wait_for_attempt();
    bot.hello();
    EXPECT_EQ(bot.sent.back()["d"]["seq"], 2);
}

TEST(GatewaySession, a_heartbeat_that_the_server_asks_for_is_sent_at_once_and_puts_off_the_next) {
    Driven bot;
    bot.log_in();
    bot.now += 1s;
    bot.receive({{"op", 1}});
    EXPECT_EQ(bot.sent.back()["op"], 1);
    bot.ack();
    const std::size_t frames = bot.sent.size();
    const Time asked = bot.now;
    while (bot.sent.size() == frames) bot.wake();
    EXPECT_EQ(bot.now - asked, 40s);
}

TEST(GatewaySession, no_flood_of_requests_makes_it_send_120_frames_in_a_minute) {
    Driven bot;
    bot.log_in(1'000);
    std::vector<Time> times;
    std::size_t known = bot.sent.size();
    for (int i = 0; i < 4'000; ++i) {
        bot.now += 37ms;
        if (*bot.session.wake_at() <= bot.now) bot.note(bot.session.time_passed(bot.now));
        bot.receive({{"op", 1}});
        bot.ack();
        for (; known < bot.sent.size(); ++known) times.push_back(bot.now);
    }
    for (std::size_t i = 120; i < times.size(); ++i) EXPECT_GT(times[i] - times[i - 120], 60s);
    EXPECT_GT(times.size(), 200U);
    EXPECT_EQ(bot.closed_with, 0);
}

TEST(GatewaySession, told_to_reconnect_it_resumes_at_once_without_ending_the_session) {
    Driven bot;
    bot.log_in();
    bot.settle();
    bot.receive({{"op", 7}});
    EXPECT_EQ(bot.closed_with, kCloseToResume);
    EXPECT_EQ(bot.wait_for_attempt(), 0ms);
    bot.hello();
    EXPECT_EQ(bot.sent.back()["op"], 6);
}

TEST(GatewaySession, an_invalid_session_that_is_resumable_is_resumed) {
    Driven bot;
    bot.log_in();
    bot.settle();
    bot.receive({{"op", 9}, {"d", true}});
    EXPECT_EQ(bot.closed_with, kCloseToResume);
    bot.wait_for_attempt();
    bot.hello();
    EXPECT_EQ(bot.sent.back()["op"], 6);
    EXPECT_EQ(bot.session.counts().identifies, 1U);
}

TEST(GatewaySession,
     after_an_invalid_session_it_waits_one_to_five_seconds_and_identifies_on_a_new_connection) {
    for (const double random : {0.0, 0.5, 0.999}) {
        Driven bot;
        bot.log_in();
        bot.settle();
        bot.random = random;
        bot.receive({{"op", 9}, {"d", false}});
        EXPECT_FALSE(bot.kept) << "there is nothing to resume";
        const auto waited = bot.wait_for_attempt();
        EXPECT_GE(waited, 1s);
        EXPECT_LE(waited, 5s);
        EXPECT_TRUE(bot.wants<AskGateway>());
        bot.inform();
        bot.hello();
        EXPECT_EQ(bot.sent.back()["op"], 2);
    }
}

TEST(GatewaySession, gives_up_on_fatal_close_codes_and_says_how_to_mend_it) {
    for (const int code : {4004, 4010, 4011, 4012, 4013, 4014}) {
        Driven bot;
        bot.log_in();
        bot.note(bot.session.closed(code, bot.now));
        EXPECT_TRUE(bot.wants<StopForGood>()) << code;
        EXPECT_THAT(bot.gave_up, testing::HasSubstr(std::to_string(code)));
        EXPECT_THAT(bot.gave_up, testing::Not(testing::HasSubstr("secret-token")));
        EXPECT_FALSE(bot.session.wake_at()) << "nothing is tried any more";
    }
    EXPECT_THAT(close_code_text(4014), testing::HasSubstr("Server Members"));
}

TEST(GatewaySession, resumes_after_every_other_close_code_and_after_none) {
    for (const std::optional<int> code :
         {std::optional<int>{}, std::optional(1000), std::optional(1001), std::optional(4000),
          std::optional(4001), std::optional(4002), std::optional(4003), std::optional(4005),
          std::optional(4008), std::optional(4999)}) {
        Driven bot;
        bot.log_in();
        bot.settle();
        bot.note(bot.session.closed(code, bot.now));
        EXPECT_EQ(bot.wait_for_attempt(), 0ms);
        bot.hello();
        EXPECT_EQ(bot.sent.back()["op"], 6) << code.value_or(0);
    }
}

TEST(GatewaySession, begins_a_new_session_after_4007_and_4009) {
    for (const int code : {4007, 4009}) {
        Driven bot;
        bot.log_in();
        bot.settle();
        bot.note(bot.session.closed(code, bot.now));
        EXPECT_FALSE(bot.kept);
        bot.wait_for_attempt();
        EXPECT_TRUE(bot.wants<AskGateway>());
        bot.inform();
        bot.hello();
        EXPECT_EQ(bot.sent.back()["op"], 2);
    }
}

TEST(GatewaySession, with_no_identify_left_it_waits_for_the_reset_says_so_and_asks_again) {
    Driven bot;
    bot.note(bot.session.start(bot.now));
    bot.inform(0, 3h);
    EXPECT_FALSE(bot.wants<Connect>());
    EXPECT_THAT(bot.remarks, testing::HasSubstr("1000 new sessions a day and all are used"));
    EXPECT_GE(bot.wait_for_attempt(), 3h);
    EXPECT_TRUE(bot.wants<AskGateway>());
    EXPECT_FALSE(bot.wants<Connect>());
    bot.inform(1);
    EXPECT_TRUE(bot.wants<Connect>());
}

TEST(GatewaySession, identifies_are_five_seconds_apart_and_further_when_sessions_do_not_last) {
    Driven bot;
    bot.log_in();
    std::vector<std::chrono::milliseconds> gaps;
    for (int i = 0; i < 12; ++i) {
        const Time before = bot.now;
        bot.note(bot.session.closed(4009, bot.now));
        while (bot.session.counts().identifies < static_cast<std::uint64_t>(i) + 2) {
            if (bot.wants<AskGateway>()) {
                bot.inform();
            } else if (bot.wants<Connect>()) {
                bot.hello();
            } else {
                bot.wake();
            }
        }
        gaps.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(bot.now - before));
        bot.ready();
    }
    for (const auto gap : gaps) EXPECT_GE(gap, 5s);
    EXPECT_LE(gaps[0], 6s);
    EXPECT_GE(gaps[4], 80s);
    // 1000 a day are allowed.
    EXPECT_GE(gaps.back(), 24h / 1000);
    EXPECT_LE(gaps.back(), 95s);
}

TEST(GatewaySession, attempts_in_vain_come_ever_more_rarely_with_jitter_and_at_least_each_minute) {
    const auto pauses = [](double random) {
        Driven bot(kKept);
        bot.random = random;
        bot.note(bot.session.start(bot.now));
        std::vector<std::chrono::milliseconds> out;
        for (int i = 0; i < 12; ++i) {
            if (bot.wants<AskGateway>()) {
                bot.note(bot.session.not_informed("no route", false, bot.now));
            } else {
                bot.note(bot.session.closed(std::nullopt, bot.now));
            }
            out.push_back(bot.wait_for_attempt());
        }
        return out;
    };
    const auto shortest = pauses(0.0);
    const auto longest = pauses(0.999999);
    EXPECT_EQ(shortest.front(), 500ms);
    EXPECT_EQ(shortest.back(), 30s);
    for (std::size_t i = 0; i < longest.size(); ++i) {
        EXPECT_GT(longest[i], shortest[i] * 19 / 10);
        EXPECT_LE(longest[i], 60s);
    }
}

TEST(GatewaySession, a_connection_lost_right_after_it_was_made_is_not_remade_without_a_pause) {
    Driven bot;
    bot.log_in();
    for (int i = 0; i < 20; ++i) {
        bot.note(bot.session.closed(std::nullopt, bot.now));
        EXPECT_GE(bot.wait_for_attempt(), 500ms);
        bot.hello();
        bot.dispatch("RESUMED", i + 2);
    }
    EXPECT_EQ(bot.session.counts().identifies, 1U);
}

TEST(GatewaySession, a_resume_address_that_is_dead_is_left_for_the_general_one_without_an_identify) {
    Driven bot(kKept);
    bot.note(bot.session.start(bot.now));
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(bot.url, kResumeUrl + "/?v=10&encoding=json");
        bot.url.clear();
        bot.note(bot.session.closed(std::nullopt, bot.now));
        bot.wait_for_attempt();
    }
    ASSERT_TRUE(bot.wants<AskGateway>());
    bot.inform(0);  // resuming needs no Identify
    EXPECT_EQ(bot.url, "wss://gateway.discord.gg/?v=10&encoding=json");
    bot.hello();
    EXPECT_EQ(bot.sent.back()["op"], 6);
    EXPECT_EQ(bot.sent.back()["d"]["session_id"], "s7");
}

TEST(GatewaySession, a_kept_session_is_resumed_by_the_next_process_without_asking) {
    Driven first;
    first.log_in();
    first.dispatch("INTERACTION_CREATE", 2);
    first.note(first.session.stop(false, first.now));
    EXPECT_EQ(first.closed_with, kCloseToResume);
    ASSERT_TRUE(first.kept);
    EXPECT_EQ(first.kept->seq, 2);

    Driven next(parse_session_state(print_session_state(*first.kept)));
    next.note(next.session.start(next.now));
    EXPECT_TRUE(next.wants<Connect>());
    EXPECT_EQ(next.url, kResumeUrl + "/?v=10&encoding=json");
    next.hello();
    EXPECT_EQ(next.sent.back()["d"]["session_id"], "s1");
    EXPECT_EQ(next.sent.back()["d"]["seq"], 2);
}

TEST(GatewaySession, killed_without_a_word_it_has_kept_what_is_needed_within_a_second) {
    Driven bot;
    bot.log_in();
    ASSERT_TRUE(bot.kept) << "at READY already";
    bot.dispatch("INTERACTION_CREATE", 2);
    bot.dispatch("INTERACTION_CREATE", 3);
    const Time then = bot.now;
    while (bot.kept->seq < 3) bot.wake();
    EXPECT_LE(bot.now - then, 1s);
}

TEST(GatewaySession, what_is_kept_never_counts_an_event_that_was_not_delivered_before) {
    Driven bot;
    bot.log_in();
    bot.receive({{"op", 0}, {"s", 2}, {"t", "READY"}, {"d", {{"session_id", "s2"}}}});
    std::size_t delivered = 0;
    for (const SessionAction& action : bot.last) {
        if (std::holds_alternative<DeliverEvent>(action)) ++delivered;
        if (const auto* keep = std::get_if<KeepState>(&action)) {
            EXPECT_EQ(delivered, 1U);
            EXPECT_EQ(keep->state->seq, 2);
        }
    }
}

TEST(GatewaySession, a_session_of_another_bot_or_with_other_intents_is_not_resumed) {
    SessionState foreign = kKept;
    foreign.fingerprint = "theirs";
    Driven bot(foreign);
    bot.note(bot.session.start(bot.now));
    EXPECT_TRUE(bot.wants<AskGateway>());
}

TEST(GatewaySession, the_token_goes_to_no_address_without_tls_but_loopback) {
    SessionState kept = kKept;
    kept.resume_url = "ws://gateway.example.org";
    Driven from_file(kept);
    from_file.note(from_file.session.start(from_file.now));
    EXPECT_FALSE(from_file.wants<Connect>());

    Driven informed;
    informed.note(informed.session.start(informed.now));
    informed.note(informed.session.informed({"ws://gateway.example.org", 1000, 9, 1h, 1}, informed.now));
    EXPECT_FALSE(informed.wants<Connect>());

    Driven ready;
    ready.note(ready.session.start(ready.now));
    ready.inform();
    ready.hello();
    ready.dispatch("READY", 1, {{"session_id", "s1"}, {"resume_gateway_url", "ws://gateway.example.org"}});
    EXPECT_EQ(ready.kept->resume_url, "wss://gateway.discord.gg");

    kept.resume_url = "ws://127.0.0.1:4000/gateway/resume";
    Driven rehearsal(kept);
    rehearsal.note(rehearsal.session.start(rehearsal.now));
    EXPECT_EQ(rehearsal.url, "ws://127.0.0.1:4000/gateway/resume/?v=10&encoding=json");
}

TEST(GatewaySession, what_comes_twice_is_delivered_twice_and_counted_once) {
    Driven bot;
    bot.log_in();
    bot.dispatch("INTERACTION_CREATE", 2, {{"id", "7"}});
    bot.dispatch("INTERACTION_CREATE", 2, {{"id", "7"}});
    ASSERT_EQ(bot.events.size(), 3U);
    EXPECT_EQ(bot.events[1].data, R"({"id":"7"})");
    EXPECT_EQ(bot.events[2].data, bot.events[1].data);
    bot.note(bot.session.stop(false, bot.now));
    EXPECT_EQ(bot.kept->seq, 2);
}

TEST(GatewaySession, leaving_for_good_ends_the_session_and_keeps_nothing) {
    Driven bot;
    bot.log_in();
    bot.note(bot.session.stop(true, bot.now));
    EXPECT_EQ(bot.closed_with, 1000);
    EXPECT_FALSE(bot.kept);
    EXPECT_FALSE(bot.session.wake_at());
}

TEST(GatewaySession, a_server_that_says_nothing_after_connecting_is_left) {
    Driven bot(kKept);
    bot.note(bot.session.start(bot.now));
    bot.wake();
    EXPECT_EQ(bot.closed_with, kCloseToResume);
    bot.wait_for_attempt();
    EXPECT_TRUE(bot.wants<Connect>());
}

TEST(GatewaySession, a_server_that_acknowledges_and_never_gets_ready_is_left) {
    Driven bot(kKept);
    bot.note(bot.session.start(bot.now));
    bot.hello(10'000);
    for (int i = 0; i < 200 && bot.closed_with == 0; ++i) bot.wake();
    EXPECT_EQ(bot.closed_with, kCloseToResume);
}

TEST(GatewaySession, a_frame_that_cannot_be_read_costs_the_connection_and_no_event) {
    for (const char* nonsense : {"", "{", "[]", "7", R"({"op":"x"})", R"({"op":0,"d":{}})", "\xff\xfe"}) {
        Driven bot;
        bot.log_in();
        bot.settle();
        bot.dispatch("INTERACTION_CREATE", 9);
        bot.note(bot.session.received(nonsense, bot.now));
        EXPECT_EQ(bot.closed_with, kCloseToResume) << nonsense;
        bot.wait_for_attempt();
        bot.hello();
        EXPECT_EQ(bot.sent.back()["d"]["seq"], 9);
    }
}

TEST(GatewaySession, a_refused_token_when_asking_is_not_asked_about_again) {
    Driven bot;
    bot.note(bot.session.start(bot.now));
    bot.note(bot.session.not_informed("401", true, bot.now));
    EXPECT_TRUE(bot.wants<StopForGood>());
    EXPECT_FALSE(bot.session.wake_at());
}

TEST(GatewaySession, late_heartbeats_are_counted_with_their_delay) {
    Driven bot;
    bot.log_in();
    bot.settle();
    EXPECT_EQ(bot.session.counts().heartbeats_late, 0U);
    EXPECT_EQ(bot.session.counts().latest_heartbeat, 0ms);
    bot.now = *bot.session.wake_at() + 700ms;
    bot.note(bot.session.time_passed(bot.now));
    EXPECT_EQ(bot.session.counts().heartbeats_late, 1U);
    EXPECT_EQ(bot.session.counts().latest_heartbeat, 700ms);
    bot.now += 85ms;
    bot.ack();
    EXPECT_EQ(bot.session.counts().ack_latency, 85ms);
}

TEST(SessionState, prints_and_reads_back_and_refuses_anything_else) {
    EXPECT_EQ(parse_session_state(print_session_state(kKept)), kKept);
    for (const char* other :
         {"", "{}", "null", R"({"session_id":"a","seq":"1","resume_url":"b","fingerprint":"c"})",
          R"({"session_id":"a","seq":-1,"resume_url":"b","fingerprint":"c"})",
          R"({"session_id":"","seq":1,"resume_url":"b","fingerprint":"c"})"}) {
        EXPECT_FALSE(parse_session_state(other)) << other;
    }
}

}  // namespace
}  // namespace convene::discord
