// Realization over real HTTP against the look-alike that shares no code with it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "discord/realize/discord_realizer.h"
#include "discord/rest/curl_transport.h"
#include "sandbox/sandbox_process.h"
#include "tests/support/memory_realization_store.h"
#include "zones/iana_zones.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;

class SystemClock : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<Minutes>(std::chrono::system_clock::now());
    }
};

CohortRealization cohort_of(int groups, int meetings) {
    CohortRealization cohort;
    cohort.cohort_id = CohortId{1};
    cohort.cohort_name = "AI Safety - Jan 2025";
    cohort.number_of_group_meetings = meetings;
    cohort.meeting_minutes = 90;
    const Instant first = SystemClock().now() + std::chrono::hours(30);
    std::int64_t next_meeting = 1;
    for (int g = 0; g < groups; ++g) {
        RealizationGroup group;
        group.group_id = GroupId{g + 1};
        group.group_name = fmt::format("Group {}", g + 1);
        for (int m = 0; m < 3; ++m) {
            group.members.push_back({UserId{3 * g + m + 1},
                                     fmt::format("{}", 200000000000000000LL + 10 * g + m),
                                     fmt::format("Person {}", 3 * g + m + 1),
                                     m == 0 ? Role::facilitator : Role::participant, "Asia/Kathmandu"});
        }
        for (int i = 0; i < meetings; ++i) {
            group.meetings.push_back({MeetingId{next_meeting++},
                                      first + Minutes(15 * g) + std::chrono::days(7 * i), std::nullopt});
        }
        cohort.groups.push_back(std::move(group));
    }
    return cohort;
}

struct Server {
    sandbox::SandboxProcess process{sandbox::Options{}};
    CurlTransport transport;
    convene::test::MemoryRealizationStore store;
    SystemClock clock;
    milliseconds timeout{400};
    milliseconds settle{1000};
    int threads = 6;

    static const ZoneTable& zones() {
        static const zones::IanaZones table;
        return table;
    }

    Json control(const std::string& method, const std::string& path, const Json& body = nullptr) {
        HttpRequest request;
        request.method = method;
        request.url = process.endpoints().control + path;
        if (!body.is_null()) {
            request.headers.emplace_back("Content-Type", "application/json");
            request.body = body.dump();
        }
        const auto response = transport.send(request);
        EXPECT_TRUE(response) << method << " " << path;
        if (!response) return {};
        EXPECT_EQ(response->status / 100, 2) << response->body;
        return Json::parse(response->body, nullptr, false);
    }
    void everybody_joins() {
        for (const RealizationGroup& group : store.cohort.groups) {
            for (const RealizationMember& member : group.members) {
                control("POST", "/members",
                        {{"id", *member.discord_id},
                         {"username", "u" + *member.discord_id},
                         {"administrator", false}});
            }
        }
    }
    RealizationOutcome realize(const RealizationOptions& options = {}) {
        RestClient::Settings rest;
        rest.api_base = process.endpoints().api_base;
        rest.token = process.endpoints().token;
        rest.user_agent = "DiscordBot (https://example.org/convene, 1)";
        rest.timeout = timeout;
        rest.first_retry_pause = milliseconds(20);
        rest.limits.silent_block = milliseconds(500);
        DiscordRealizer::Settings settings;
        settings.threads = threads;
        settings.settle = settle;
        DiscordRealizer realizer(std::make_shared<RestClient>(rest, std::make_shared<CurlTransport>()),
                                 process.endpoints().guild_id, store, zones(), clock, settings);
        return realizer.realize(CohortId{1}, options, nullptr, nullptr);
    }
    int count(const std::string& what) {
        int n = 0;
        for (const Json& request : control("GET", "/requests?after=0")) {
            if (what == "writes" && request.at("write") == true) ++n;
            if (what == "violations" && !request.at("violation").is_null()) ++n;
        }
        return n;
    }
    /// Empty, or what is wrong with the server.
    std::string fault() {
        const Json state = control("GET", "/state");
        std::string category;
        int categories = 0;
        std::map<std::string, int> texts;
        std::map<std::string, int> voices;
        for (const Json& channel : state.at("channels")) {
            const std::string name = channel.at("name");
            if (channel.at("type") == 4 && name == store.cohort.cohort_name) {
                ++categories;
                category = channel.at("id");
            }
            if (name.starts_with("group-")) ++texts[name];
            if (name.starts_with("Group ")) ++voices[name];
        }
        if (categories != 1) return fmt::format("{} categories", categories);
        std::size_t meetings = 0;
        for (const RealizationGroup& group : store.cohort.groups) {
            const std::string number = group.group_name.substr(6);
            if (texts["group-" + number] != 1)
                return fmt::format("{} text channels", texts["group-" + number]);
            if (voices[group.group_name + " Voice"] != 1) return "voice channels";
            const Json& messages = state.at("messages").at(*group.discord_text_channel_id);
            if (messages.size() != 1) return fmt::format("{} messages", messages.size());
            meetings += group.meetings.size();
        }
        if (texts.size() != store.cohort.groups.size()) return "texts";
        if (state.at("scheduled_events").size() != meetings) {
            return fmt::format("{} events", state.at("scheduled_events").size());
        }
        // Each group's members see their own channels and nothing of others'.
        for (const RealizationGroup& group : store.cohort.groups) {
            for (const RealizationMember& member : group.members) {
                std::set<std::string> seen;
                const Json visible = control("GET", "/visible?user_id=" + *member.discord_id);
                for (const Json& channel : visible.at("channels")) {
                    const std::string name = channel.at("name");
                    if (name.starts_with("group-") || name.starts_with("Group "))
                        seen.insert(channel.at("id"));
                }
                if (seen != std::set{*group.discord_text_channel_id, *group.discord_voice_channel_id}) {
                    return fmt::format("{} sees {} group channels", member.name, seen.size());
                }
            }
        }
        return {};
    }
};

TEST(RealizeSandbox, builds_everything_within_limits_and_a_second_run_writes_nothing) {
    Server server;
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
    Server server;
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
            Server server;
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
    Server server;
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
    Server server;
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
