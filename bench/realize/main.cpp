// realize_speed [--latency MS] GROUPS…: a first and a second realization on a sandbox of its own.
//
// One JSON line for each number of groups: six people and eight meetings in each, whoever they are.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "bench/realize/least_time.h"
#include "discord/realize/discord_realizer.h"
#include "discord/rest/curl_transport.h"
#include "sandbox/sandbox_process.h"
#include "tests/support/memory_realization_store.h"
#include "zones/iana_zones.h"

namespace convene::bench {
namespace {

using discord::HttpRequest;
using discord::HttpResponse;
using discord::TransportFault;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr int kPeople = 6;
constexpr int kMeetings = 8;

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now());
    }
};

/// Discord is further away than the loopback.
class FarTransport final : public discord::HttpTransport {
public:
    explicit FarTransport(milliseconds latency) : latency_(latency) {}
    tl::expected<HttpResponse, TransportFault> send(const HttpRequest& request) override {
        std::this_thread::sleep_for(latency_ / 2);
        auto reply = near_.send(request);
        std::this_thread::sleep_for(latency_ / 2);
        return reply;
    }

private:
    milliseconds latency_;
    discord::CurlTransport near_;
};

std::string discord_id(int group, int person) {
    return fmt::format("{}", 200000000000000000LL + 10 * group + person);
}

CohortRealization cohort_of(int groups) {
    CohortRealization cohort;
    cohort.cohort_id = CohortId{1};
    cohort.cohort_name = "Spring";
    cohort.number_of_group_meetings = kMeetings;
    const Instant first = SystemClock().now() + std::chrono::hours(48);
    std::int64_t meeting = 0;
    for (int g = 0; g < groups; ++g) {
        RealizationGroup group;
        group.group_id = GroupId{g + 1};
        group.group_name = fmt::format("Group {}", g + 1);
        for (int p = 0; p < kPeople; ++p) {
            group.members.push_back({UserId{kPeople * g + p + 1}, discord_id(g, p),
                                     fmt::format("Person {}", p),
                                     p == 0 ? Role::facilitator : Role::participant, "Europe/London"});
        }
        for (int i = 0; i < kMeetings; ++i) {
            group.meetings.push_back(
                {MeetingId{++meeting}, first + Minutes(30 * g) + std::chrono::days(7 * i), std::nullopt});
        }
        cohort.groups.push_back(std::move(group));
    }
    return cohort;
}

class Sandbox {
public:
    explicit Sandbox(int groups) {
        for (int g = 0; g < groups; ++g) {
            for (int p = 0; p < kPeople; ++p) {
                const std::string id = discord_id(g, p);
                (void)ask("POST", "/members", {{"id", id}, {"username", "u" + id}});
            }
        }
    }
    json ask(const std::string& method, const std::string& path, const json& body = nullptr) {
        HttpRequest request;
        request.method = method;
        request.url = process_.endpoints().control + path;
        if (!body.is_null()) {
            request.headers.emplace_back("Content-Type", "application/json");
            request.body = body.dump();
        }
        return json::parse(transport_.send(request).value().body);
    }
    [[nodiscard]] const sandbox::SandboxProcess& process() const { return process_; }

private:
    sandbox::SandboxProcess process_{sandbox::Options{}};
    discord::CurlTransport transport_;
};

json measure(int groups, milliseconds latency) {
    Sandbox sandbox(groups);
    convene::test::MemoryRealizationStore store;
    store.cohort = cohort_of(groups);
    const zones::IanaZones zones;
    const SystemClock clock;
    const auto realize = [&] {
        discord::RestClient::Settings rest;
        rest.api_base = sandbox.process().endpoints().api_base;
        rest.token = sandbox.process().endpoints().token;
        rest.user_agent = "DiscordBot (https://example.org/convene, 1)";
        discord::DiscordRealizer realizer(
            std::make_shared<discord::RestClient>(rest, std::make_shared<FarTransport>(latency)),
            sandbox.process().endpoints().guild_id, store, zones, clock, {});
        const auto begin = std::chrono::steady_clock::now();
        const RealizationOutcome outcome = realizer.realize(CohortId{1}, {}, nullptr, nullptr);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        if (!outcome.failure.empty() || !outcome.not_done.empty()) throw std::runtime_error(outcome.failure);
        return took.count();
    };
    const double took = realize();
    const json requests = sandbox.ask("GET", "/requests?after=0");
    const double again_took = realize();
    const json all = sandbox.ask("GET", "/requests?after=0");
    const LeastTime least = least_time(requests, sandbox.ask("GET", "/settings"));
    std::map<std::string, int> counts;
    int violations = 0;
    for (const json& request : all) violations += request.at("violation").is_null() ? 0 : 1;
    for (const json& request : requests) ++counts[request.at("bucket").get<std::string>()];
    int again_writes = 0;
    for (std::size_t i = requests.size(); i < all.size(); ++i) again_writes += all[i].at("write") ? 1 : 0;
    return {{"groups", groups},
            {"latency_ms", latency.count()},
            {"requests", requests.size()},
            {"by_bucket", counts},
            {"least_s", least.seconds},
            {"least_because_of", least.bucket},
            {"took_s", took},
            {"ratio", least.seconds > 0 ? took / least.seconds : 0},
            {"violations", violations},
            {"again_requests", all.size() - requests.size()},
            {"again_writes", again_writes},
            {"again_s", again_took}};
}

}  // namespace
}  // namespace convene::bench

int main(int argc, char** argv) {
    std::chrono::milliseconds latency{0};
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--latency") == 0 && i + 1 < argc) {
            latency = std::chrono::milliseconds(std::stoi(argv[++i]));
            continue;
        }
        std::puts(convene::bench::measure(std::stoi(argv[i]), latency).dump().c_str());
        std::fflush(stdout);
    }
}
