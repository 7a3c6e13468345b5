// tests/discord_sandbox/gateway_fixture.h: a gateway client, a sandbox for it, and somebody who listens.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "discord/gateway/client.h"
#include "discord/rest/curl_transport.h"
#include "sandbox/sandbox_process.h"

namespace convene::discord {

using Json = nlohmann::json;
using namespace std::chrono_literals;

/// What a client heard, for a thread that waits for it.
class Heard {
public:
    [[nodiscard]] GatewayCallbacks callbacks() {
        GatewayCallbacks callbacks;
        callbacks.on_event = [this](const std::string& name, const std::string& data) {
            note([&] { events_.emplace_back(name, Json::parse(data)); });
        };
        callbacks.keep_state = [this](const std::optional<SessionState>& state) {
            note([&] { kept_ = state; });
        };
        callbacks.on_give_up = [this](const std::string& reason) { note([&] { gave_up_ = reason; }); };
        return callbacks;
    }
    /// How often the event came; waits until it came `wanted` times.
    std::size_t count(const std::string& name, std::size_t wanted, std::chrono::milliseconds patience = 10s) {
        const auto so_far = [&] {
            return static_cast<std::size_t>(std::count_if(
                events_.begin(), events_.end(), [&](const auto& event) { return event.first == name; }));
        };
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience, [&] { return so_far() >= wanted; });
        return so_far();
    }
    bool channel_came(const std::string& name, std::chrono::milliseconds patience = 10s) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] {
            return std::any_of(events_.begin(), events_.end(), [&](const auto& event) {
                return event.first == "CHANNEL_CREATE" && event.second["name"] == name;
            });
        });
    }
    std::string gave_up(std::chrono::milliseconds patience = 10s) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience, [&] { return !gave_up_.empty(); });
        return gave_up_;
    }
    std::optional<SessionState> kept() {
        const std::lock_guard lock(mutex_);
        return kept_;
    }
    Json first(const std::string& name) {
        const std::lock_guard lock(mutex_);
        for (const auto& [event, data] : events_) {
            if (event == name) return data;
        }
        return nullptr;
    }
    std::vector<std::string> channels() {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> names;
        for (const auto& [event, data] : events_) {
            if (event == "CHANNEL_CREATE") names.push_back(data["name"]);
        }
        return names;
    }

private:
    template <class Change>
    void note(Change change) {
        const std::lock_guard lock(mutex_);
        change();
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::pair<std::string, Json>> events_;
    std::optional<SessionState> kept_;
    std::string gave_up_;
};

class GatewayClientTest : public testing::Test {
protected:
    explicit GatewayClientTest(const sandbox::Options& options = {}) : sandbox_(options) {
        control("POST", "/settings", {{"identify_interval_ms", 0}, {"rate_limits", false}});
    }

    Json control(const std::string& method, const std::string& path, const Json& body = nullptr) {
        return send(method, sandbox_.endpoints().control + path, body, {});
    }
    Json rest(const std::string& method, const std::string& path, const Json& body = nullptr) {
        return send(method, sandbox_.endpoints().api_base + path, body,
                    {{"Authorization", "Bot " + sandbox_.endpoints().token},
                     {"User-Agent", "DiscordBot (https://example.org/convene, 1)"}});
    }
    Json send(const std::string& method, const std::string& url, const Json& body,
              std::vector<std::pair<std::string, std::string>> headers) {
        HttpRequest request;
        request.method = method;
        request.url = url;
        request.headers = std::move(headers);
        if (!body.is_null()) {
            request.headers.emplace_back("Content-Type", "application/json");
            request.body = body.dump();
        }
        const auto response = transport_.send(request);
        EXPECT_TRUE(response && response->status / 100 == 2) << method << " " << url;
        return response ? Json::parse(response->body, nullptr, false) : Json();
    }
    void accident(Json order) { control("POST", "/gateway", std::move(order)); }
    void make_channel(const std::string& name) {
        rest("POST", "/guilds/" + sandbox_.endpoints().guild_id + "/channels", {{"name", name}});
    }
    /// Entries of the sandbox's own record.
    int history(const std::string& what, const std::string& detail = "") {
        int count = 0;
        const Json gateway = control("GET", "/gateway");
        for (const Json& entry : gateway["history"]) {
            const bool same = entry["what"] == what;
            if (same && entry.value("detail", std::string()).find(detail) != std::string::npos) ++count;
        }
        return count;
    }
    std::shared_ptr<RestClient> rest_client(std::shared_ptr<HttpTransport> transport = nullptr,
                                            const std::string& token = "") {
        RestClient::Settings settings;
        settings.api_base = sandbox_.endpoints().api_base;
        settings.token = token.empty() ? sandbox_.endpoints().token : token;
        settings.user_agent = "DiscordBot (https://example.org/convene, 1)";
        settings.timeout = 2s;
        settings.first_retry_pause = 20ms;
        return std::make_shared<RestClient>(
            settings, transport ? std::move(transport) : std::make_shared<CurlTransport>());
    }
    GatewayConfiguration configuration(int intents = intent::kGuilds, bool compress = true) {
        return {sandbox_.endpoints().api_base, sandbox_.endpoints().token, intents, compress,
                "DiscordBot (https://example.org/convene, 1)"};
    }
    std::unique_ptr<GatewayClient> connect(Heard& heard, std::optional<SessionState> kept = std::nullopt) {
        return std::make_unique<GatewayClient>(configuration(), rest_client(), std::move(kept),
                                               heard.callbacks());
    }

    sandbox::SandboxProcess sandbox_;
    CurlTransport transport_;
};

}  // namespace convene::discord
