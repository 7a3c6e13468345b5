#include "discord/bot/run_bot.h"

#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "app/failure.h"
#include "discord/bot/account.h"
#include "discord/bot/bot.h"
#include "discord/bot/log_line.h"
#include "discord/gateway/client.h"
#include "discord/interactions_endpoint/interactions_endpoint.h"
#include "discord/make_client.h"
#include "http/server.h"

namespace convene::discord {
namespace {

using std::chrono::milliseconds;

// A first answer is worth nothing after three seconds; asked twice it must still come in time.
constexpr milliseconds kFirstAnswerPatience{1400};
// Discord waits three seconds for the endpoint's reply.
constexpr milliseconds kStorePatience{2500};
constexpr milliseconds kLookInterval{50};
// Without word of who joins, it has to look.
constexpr std::chrono::minutes kTopUpBlind{2};
constexpr std::chrono::minutes kTopUpTold{60};

std::shared_ptr<RestClient> first_answer_client(const Configuration& configuration) {
    Configuration quick = configuration;
    quick.request_timeout = kFirstAnswerPatience;
    return make_client(quick);
}

std::string address_of(const http::Server& server, const Listening& listening, const char* path) {
    return fmt::format("http://{}:{}{}", listening.address, server.port(), path);
}

http::Response text_response(int status, std::string body) {
    return {status, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, std::move(body), {}};
}

/// The gateway's client with what stands around it.
class Line {
public:
    Line(const RunBotOptions& options, const std::shared_ptr<RestClient>& client, Bot& bot) {
        std::optional<SessionState> kept;
        if (bot.inherited_session()) kept = parse_session_state(*bot.inherited_session());
        GatewayConfiguration configuration;
        configuration.api_base = options.discord.api_base;
        configuration.token = options.discord.token;
        configuration.user_agent = user_agent();
        if (options.members_intent) configuration.intents |= intent::kGuildMembers;
        GatewayCallbacks callbacks;
        callbacks.on_event = [&bot](const std::string& name, const std::string& data) {
            bot.on_event(name, data);
        };
        callbacks.keep_state = [&bot](const std::optional<SessionState>& state) {
            bot.keep_session(state ? print_session_state(*state) : "");
        };
        callbacks.on_give_up = [this](const std::string& reason) {
            const std::lock_guard lock(mutex_);
            given_up_ = reason;
        };
        client_ = std::make_unique<GatewayClient>(std::move(configuration), client, std::move(kept),
                                                  std::move(callbacks));
    }

    void stop() { client_->stop(GatewayClient::Ending::resume_later); }
    [[nodiscard]] GatewaySession::Counts status() const { return client_->status(); }
    [[nodiscard]] std::string given_up() const {
        const std::lock_guard lock(mutex_);
        return given_up_;
    }

private:
    mutable std::mutex mutex_;
    std::string given_up_;
    std::unique_ptr<GatewayClient> client_;
};

std::vector<Metrics::Gauge> gauges_of(const GatewaySession::Counts& counts) {
    const auto number = [](auto value) { return static_cast<double>(value); };
    std::vector<Metrics::Gauge> gauges{
        {"convene_gateway_connected", "1 while events arrive", counts.connected ? 1.0 : 0.0},
        {"convene_gateway_connections_total", "Connections attempted", number(counts.connections), true},
        {"convene_gateway_identifies_total", "New sessions", number(counts.identifies), true},
        {"convene_gateway_resumes_total", "Sessions resumed", number(counts.resumes), true},
        {"convene_gateway_events_total", "Events received", number(counts.events), true},
        {"convene_gateway_heartbeats_total", "Heartbeats sent", number(counts.heartbeats), true},
        {"convene_gateway_heartbeats_late_total", "Heartbeats sent half a second late or more",
         number(counts.heartbeats_late), true},
        {"convene_gateway_heartbeat_delay_max_seconds", "The latest heartbeat",
         number(counts.latest_heartbeat.count()) / 1000},
        {"convene_gateway_acks_missed_total", "Connections left because a heartbeat was not acknowledged",
         number(counts.acks_missed), true}};
    if (counts.ack_latency)
        gauges.push_back({"convene_gateway_ack_seconds", "Round trip of the last heartbeat",
                          number(counts.ack_latency->count()) / 1000});
    return gauges;
}

/// `/metrics` and `/healthz`.
class Watch {
public:
    Watch(const Listening& listening, const Bot& bot, const Line* line)
        : bot_(bot),
          line_(line),
          server_({listening.address, listening.port, "", ""},
                  [this](const http::Request& request) { return answer(request); }),
          address_(address_of(server_, listening, "")) {}

    [[nodiscard]] const std::string& address() const noexcept { return address_; }
    void stop() { server_.stop(); }

private:
    [[nodiscard]] http::Response answer(const http::Request& request) const {
        const bool get = request.method == "GET" && request.path.size() == 1;
        if (get && request.path[0] == "metrics")
            return text_response(200, bot_.metrics_text(line_ != nullptr ? gauges_of(line_->status())
                                                                         : std::vector<Metrics::Gauge>{}));
        if (get && request.path[0] == "healthz") {
            if (!bot_.healthy()) return text_response(503, "the database does not answer\n");
            if (line_ != nullptr && !line_->status().connected)
                return text_response(503, "not connected to Discord's gateway\n");
            return text_response(200, "ok\n");
        }
        return text_response(404, "there are /metrics and /healthz here\n");
    }

    const Bot& bot_;
    const Line* line_;
    http::Server server_;
    std::string address_;
};

/// Where Discord posts interactions.
class Door {
public:
    Door(const Listening& listening, const std::string& public_key, Bot& bot)
        : endpoint_(checked(public_key),
                    [&bot](const std::string& json) { return bot.take_interaction(json, kStorePatience); }),
          server_({listening.address, listening.port, "", ""},
                  [this](const http::Request& request) {
                      return endpoint_.answer(request, std::chrono::system_clock::now());
                  }),
          address_(address_of(server_, listening, "/")) {}

    [[nodiscard]] const std::string& address() const noexcept { return address_; }
    void stop() { server_.stop(); }

private:
    static const std::string& checked(const std::string& public_key) {
        if (public_key.empty())
            throw DiscordFailure(
                "Discord does not tell the application's public key, without which no "
                "interaction can be believed",
                Retry::useless);
        return public_key;
    }

    InteractionsEndpoint endpoint_;
    http::Server server_;
    std::string address_;
};

BotSettings settings_of(const RunBotOptions& options, const BotAccount& account) {
    BotSettings settings;
    settings.guild_id = options.discord.guild_id;
    settings.application_id = account.application_id;
    settings.time_limit_s = options.time_limit_s;
    settings.solver_threads = options.solver_threads;
    settings.top_up_interval = options.top_up_minutes   ? std::chrono::minutes(*options.top_up_minutes)
                               : options.members_intent ? kTopUpTold
                                                        : kTopUpBlind;
    return settings;
}

}  // namespace

void run_bot(const RunBotOptions& options) {
    const auto client = make_client(options.discord);
    const BotAccount account = look_up_account(*client, options.discord.application_id);
    if (options.members_intent && !account.members_intent) {
        LogLine("GUILD_MEMBERS was asked for and does not seem to be switched on in the developer portal")
            .warning();
    }
    const bool changed =
        register_commands(*client, account.application_id, options.discord.guild_id, command_definitions());
    LogLine("commands registered").with("changed", changed ? "yes" : "no").info();

    const auto make_own_realizer = [&](Database& database) -> std::unique_ptr<Realizer> {
        return make_realizer(options.discord, client, database.realization(), options.zones, options.clock);
    };
    Bot bot(settings_of(options, account), {options.open_database, options.zones, options.clock, client,
                                            first_answer_client(options.discord), make_own_realizer});
    BotReady ready;
    std::optional<Door> door;
    if (options.interactions) {
        door.emplace(*options.interactions, account.public_key, bot);
        ready.interactions = door->address();
    }
    // Who joins is told on the gateway alone.
    std::optional<Line> line;
    if (!options.interactions || options.members_intent) line.emplace(options, client, bot);
    std::optional<Watch> watch;
    ready.name = account.name;
    if (options.metrics) {
        watch.emplace(*options.metrics, bot, line ? &*line : nullptr);
        ready.metrics = watch->address();
    }
    bool told = false;
    std::string given_up;
    while (!options.should_stop() && given_up.empty()) {
        if (!told && (!line || line->status().connected)) {
            told = true;
            LogLine("ready").with("application", account.application_id).info();
            if (options.on_ready) options.on_ready(ready);
        }
        std::this_thread::sleep_for(kLookInterval);
        if (line) given_up = line->given_up();
    }
    LogLine("stopping").info();
    if (watch) watch->stop();
    if (door) door->stop();
    if (line) line->stop();
    bot.stop();
    LogLine("stopped").info();
    if (!given_up.empty()) throw DiscordFailure(given_up, Retry::useless);
}

}  // namespace convene::discord
