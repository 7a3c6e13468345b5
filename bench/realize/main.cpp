// realize_speed [--latency MS] [--jitter MS] GROUPS…: a first and a second realization on a sandbox of its
// own. Each way to Discord and back takes half the latency, and up to the jitter longer by lot.
//
// One JSON line for each number of groups: six people and eight meetings in each, whoever they are.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <thread>

#include "bench/realize/least_time.h"
#include "discord/realize/discord_realizer.h"
#include "tests/discord_sandbox/sandbox_server.h"
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

/// Discord is further away than the loopback.
class FarTransport final : public discord::HttpTransport {
public:
    FarTransport(milliseconds latency, milliseconds jitter) : latency_(latency), jitter_(jitter) {}
    tl::expected<HttpResponse, TransportFault> send(const HttpRequest& request) override {
        std::this_thread::sleep_for(one_way());
        auto reply = near_.send(request);
        std::this_thread::sleep_for(one_way());
        if (reply && reply->connecting) *reply->connecting += one_way() + one_way();
        return reply;
    }

private:
    std::chrono::microseconds one_way() {
        const std::lock_guard lock(mutex_);
        std::uniform_int_distribution<std::int64_t> lot(0, std::chrono::microseconds(jitter_).count());
        return std::chrono::microseconds(latency_) / 2 + std::chrono::microseconds(lot(random_));
    }

    milliseconds latency_;
    milliseconds jitter_;
    std::mutex mutex_;
    std::mt19937 random_{1};
    discord::CurlTransport near_;
};

json measure(int groups, milliseconds latency, milliseconds jitter) {
    discord::SandboxServer sandbox;
    convene::test::MemoryRealizationStore store;
    store.cohort = discord::cohort_of(groups, kMeetings, kPeople);
    sandbox.everybody_joins(store.cohort);
    const zones::IanaZones zones;
    const discord::SystemClock clock;
    const auto realize = [&] {
        discord::DiscordRealizer realizer(
            std::make_shared<discord::RestClient>(sandbox.rest_settings(),
                                                  std::make_shared<FarTransport>(latency, jitter)),
            sandbox.process.endpoints().guild_id, store, zones, clock, {});
        const auto begin = std::chrono::steady_clock::now();
        const RealizationOutcome outcome = realizer.realize(CohortId{1}, {}, nullptr, nullptr);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        if (!outcome.failure.empty() || !outcome.not_done.empty()) throw std::runtime_error(outcome.failure);
        return took.count();
    };
    const double took = realize();
    const json requests = sandbox.control("GET", "/requests?after=0");
    const double again_took = realize();
    const json all = sandbox.control("GET", "/requests?after=0");
    const LeastTime least = least_time(requests, sandbox.control("GET", "/settings"));
    std::map<std::string, int> counts;
    int violations = 0;
    for (const json& request : all) violations += request.at("violation").is_null() ? 0 : 1;
    for (const json& request : requests) ++counts[request.at("bucket").get<std::string>()];
    int again_writes = 0;
    for (std::size_t i = requests.size(); i < all.size(); ++i) again_writes += all[i].at("write") ? 1 : 0;
    return {{"groups", groups},
            {"latency_ms", latency.count()},
            {"jitter_ms", jitter.count()},
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
    std::chrono::milliseconds jitter{0};
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--latency") == 0 && i + 1 < argc) {
            latency = std::chrono::milliseconds(std::stoi(argv[++i]));
            continue;
        }
        if (std::strcmp(argv[i], "--jitter") == 0 && i + 1 < argc) {
            jitter = std::chrono::milliseconds(std::stoi(argv[++i]));
            continue;
        }
        std::puts(convene::bench::measure(std::stoi(argv[i]), latency, jitter).dump().c_str());
        std::fflush(stdout);
    }
}
