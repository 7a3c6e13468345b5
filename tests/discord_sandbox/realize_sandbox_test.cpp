// Realization over real HTTP against the look-alike that shares no code with it.
#include <algorithm>
#include <cstdio>

#include "tests/discord_sandbox/realize_server.h"

namespace convene::discord {
namespace {

TEST(RealizeSandbox, builds_everything_within_limits_and_a_second_run_writes_nothing) {
    RealizeServer server;
    server.timeout = milliseconds(10000);
    server.store.cohort = cohort_of(3, 3);
    server.everybody_joins();
    const auto begin = std::chrono::steady_clock::now();
    const RealizationOutcome outcome = server.realize();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_EQ(outcome.failure, "");
    EXPECT_TRUE(outcome.not_done.empty());
    EXPECT_EQ(server.fault(), "");
    EXPECT_EQ(server.count("violations"), 0);
    const int writes = server.count("writes");
    EXPECT_EQ(writes, 1 + 3 * (2 + 3 + 1));
    std::printf("[ MEASURED ] 3 groups x 3 meetings: %d writes, %.1f s\n", writes, took.count());
    EXPECT_TRUE(server.realize().done.empty());
    EXPECT_EQ(server.count("writes"), writes);
}

TEST(RealizeSandbox, channels_stand_in_the_order_of_the_groups_whichever_request_arrives_first) {
    RealizeServer server;
    server.timeout = milliseconds(10000);
    server.store.cohort = cohort_of(12, 0);
    server.control("POST", "/settings", {{"rate_limits", false}});
    EXPECT_EQ(server.realize().failure, "");
    std::map<int, std::vector<std::string>> names;
    std::vector<Json> channels = server.control("GET", "/state").at("channels");
    std::sort(channels.begin(), channels.end(), [](const Json& a, const Json& b) {
        return std::pair(a.at("position").get<int>(), a.at("id").get<std::string>()) <
               std::pair(b.at("position").get<int>(), b.at("id").get<std::string>());
    });
    for (const Json& channel : channels) {
        if (!channel.at("parent_id").is_null()) names[channel.at("type")].push_back(channel.at("name"));
    }
    std::vector<std::string> texts;
    std::vector<std::string> voices;
    for (int g = 1; g <= 12; ++g) {
        texts.push_back(fmt::format("group-{}", g));
        voices.push_back(fmt::format("Group {} Voice", g));
    }
    EXPECT_EQ(names[0], texts);
    EXPECT_EQ(names[2], voices);
}

TEST(RealizeSandbox, every_fault_at_every_create_leaves_one_of_each) {
    int points = 0;
    for (const char* mode : {"drop_before", "drop_after_commit", "error_500_after_commit", "error_502",
                             "hang", "late_commit", "rate_limit_shared", "cloudflare_429"}) {
        // category, text, voice, event, welcome
        for (int nth = 1; nth <= 5; ++nth) {
            RealizeServer server;
            server.store.cohort = cohort_of(1, 1);
            server.everybody_joins();
            Json fault = {{"method", "POST"}, {"path", "^/(guilds|channels)/"}, {"nth", nth}, {"mode", mode}};
            if (std::string(mode) == "rate_limit_shared" || std::string(mode) == "cloudflare_429") {
                fault["retry_after"] = 0.2;
                server.threads = 1;  // what is under way when such an answer comes cannot be recalled
            }
            server.control("POST", "/faults", Json::array({fault}));
            const RealizationOutcome outcome = server.realize();
            EXPECT_EQ(outcome.failure, "") << mode << " " << nth;
            EXPECT_EQ(server.fault(), "") << mode << " at create " << nth;
            EXPECT_EQ(server.count("violations"), 0) << mode << " " << nth;
            ++points;
        }
    }
    std::printf("[ POINTS   ] %d faults over HTTP\n", points);
    EXPECT_EQ(points, 40);
}

TEST(RealizeSandbox, lists_that_lag_behind_do_not_make_it_create_twice) {
    RealizeServer server;
    server.store.cohort = cohort_of(1, 1);
    server.everybody_joins();
    server.control("POST", "/settings", {{"list_lag_ms", 700}});
    server.control(
        "POST", "/faults",
        Json::array(
            {{{"method", "POST"}, {"path", "/channels$"}, {"nth", 2}, {"mode", "drop_after_commit"}}}));
    const RealizationOutcome outcome = server.realize();
    EXPECT_EQ(outcome.failure, "");
    EXPECT_EQ(server.fault(), "");
}

TEST(RealizeSandbox, window_of_events_moves_with_the_server_clock) {
    RealizeServer server;
    server.timeout = milliseconds(10000);
    server.store.cohort = cohort_of(2, 3);
    server.everybody_joins();
    server.control("POST", "/settings", {{"rate_limits", false}});
    (void)server.realize();
    // Nine days on, by Discord's clock alone: the first two meetings are past.
    server.control("POST", "/clock", {{"advance_seconds", 9 * 86400}});
    for (RealizationGroup& group : server.store.cohort.groups) {
        group.meetings.push_back({MeetingId{100 + group.group_id.value},
                                  group.meetings.back().scheduled_time + std::chrono::days(7), std::nullopt});
        group.meetings.insert(group.meetings.begin(),
                              {MeetingId{200 + group.group_id.value},
                               group.meetings.front().scheduled_time + std::chrono::days(1), std::nullopt});
    }
    const RealizationOutcome topped_up = server.realize();
    int events = 0;
    for (const RealizationStep& step : topped_up.done)
        events += step.object == "scheduled event" && step.action == RealizationStep::Action::create ? 1 : 0;
    EXPECT_EQ(events, 2)
        << "one later meeting per group; the one that is past by the server's clock is skipped";
}

}  // namespace
}  // namespace convene::discord
