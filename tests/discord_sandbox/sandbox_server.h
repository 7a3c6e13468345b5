// tests/discord_sandbox/sandbox_server.h: a sandbox with a cohort's people on it, for tests and for
// measuring.
#pragma once
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "app/ports/clock.h"
#include "app/ports/realization_store.h"
#include "discord/rest/curl_transport.h"
#include "discord/rest/rest_client.h"
#include "sandbox/sandbox_process.h"

namespace convene::discord {

using Json = nlohmann::json;

class SystemClock : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<Minutes>(std::chrono::system_clock::now());
    }
};

/// Groups of `people` each, the first of whom leads, that meet from the day after tomorrow on.
inline CohortRealization cohort_of(int groups, int meetings, int people = 3) {
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
        for (int m = 0; m < people; ++m) {
            const int number = people * g + m + 1;
            group.members.push_back({UserId{number}, fmt::format("{}", 200000000000000000LL + 10 * g + m),
                                     fmt::format("Person {}", number),
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

struct SandboxServer {
    sandbox::SandboxProcess process{sandbox::Options{}};
    CurlTransport transport;

    /// One exchange with the control port. \throws std::runtime_error when it is refused
    Json control(const std::string& method, const std::string& path, const Json& body = nullptr) {
        HttpRequest request;
        request.method = method;
        request.url = process.endpoints().control + path;
        if (!body.is_null()) {
            request.headers.emplace_back("Content-Type", "application/json");
            request.body = body.dump();
        }
        const auto response = transport.send(request);
        if (!response || response->status / 100 != 2)
            throw std::runtime_error(method + " " + path + ": " + (response ? response->body : "no answer"));
        return Json::parse(response->body, nullptr, false);
    }
    void everybody_joins(const CohortRealization& cohort) {
        for (const RealizationGroup& group : cohort.groups) {
            for (const RealizationMember& member : group.members) {
                control("POST", "/members",
                        {{"id", *member.discord_id},
                         {"username", "u" + *member.discord_id},
                         {"administrator", false}});
            }
        }
    }
    /// Where it is, and who asks.
    [[nodiscard]] RestClient::Settings rest_settings() const {
        RestClient::Settings settings;
        settings.api_base = process.endpoints().api_base;
        settings.token = process.endpoints().token;
        settings.user_agent = "DiscordBot (https://example.org/convene, 1)";
        return settings;
    }
};

}  // namespace convene::discord
