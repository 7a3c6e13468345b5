// Reads the configuration, builds the adapters, hands them to the command line.
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "cli/bad_input.h"
#include "cli/interrupt.h"
#include "cli/run.h"
#include "discord/bot/account.h"
#include "discord/bot/log_line.h"
#include "discord/bot/run_bot.h"
#include "discord/doctor/examine.h"
#include "discord/login.h"
#include "discord/make_client.h"
#include "discord/make_realizer.h"
#include "discord/rest/curl_transport.h"
#include "sandbox/sandbox_process.h"
#include "storage/open_store.h"
#include "web/board_server.h"
#include "zones/iana_zones.h"

namespace convene {
namespace {

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now());
    }
};

class StoreDatabase final : public Database {
public:
    explicit StoreDatabase(std::unique_ptr<storage::Store> store) : store_(std::move(store)) {}
    CohortStore& cohorts() override { return store_->cohorts(); }
    RealizationStore& realization() override { return store_->realizations(); }
    JobStore& jobs() override { return store_->jobs(); }
    SchemaManager& schema() override { return store_->schema(); }

private:
    std::unique_ptr<storage::Store> store_;
};

std::unique_ptr<Database> open_database(const std::string& url, bool unchecked) {
    return std::make_unique<StoreDatabase>(
        storage::open(url, unchecked ? storage::Schema::unchecked : storage::Schema::current));
}

/// \throws BadInput
discord::Configuration discord_configuration(const cli::DiscordAccess& access) {
    discord::Configuration configuration;
    configuration.api_base = access.api_base;
    configuration.token = access.token;
    configuration.guild_id = access.guild_id;
    configuration.application_id = access.application_id;
    configuration.request_timeout = access.timeout;
    if (const auto fault = discord::configuration_fault(configuration)) {
        throw cli::BadInput("", {InputFault{"", "", *fault}});
    }
    return configuration;
}

std::unique_ptr<Realizer> make_realizer(Database& database, const cli::DiscordAccess& access,
                                        const ZoneTable& zones, const Clock& clock) {
    return discord::make_realizer(discord_configuration(access), database.realization(), zones, clock);
}

void run_bot(const cli::BotRequest& request, const ZoneTable& zones, const Clock& clock) {
    using discord::LogFormat;
    const auto listening = [](const std::optional<cli::ListenOn>& on) {
        return on ? std::optional(discord::Listening{on->address, on->port}) : std::nullopt;
    };
    discord::set_up_log(request.json_log ? LogFormat::json : LogFormat::text, request.debug);
    discord::run_bot({
        .discord = discord_configuration(request.discord),
        .open_database = [&] { return open_database(request.database_url, false); },
        .zones = zones,
        .clock = clock,
        .time_limit_s = request.time_limit_s,
        .solver_threads = request.threads,
        .members_intent = request.members_intent,
        .top_up_minutes = request.top_up_minutes,
        .interactions = listening(request.interactions),
        .metrics = listening(request.metrics),
        .on_ready =
            [&](const discord::BotReady& ready) {
                request.on_ready({ready.interactions, ready.metrics});
            },
        .should_stop = request.should_stop,
    });
}

std::vector<DoctorLine> examine_discord(const cli::DiscordAccess& access, bool members_intent) {
    const auto client = discord::make_client(discord_configuration(access));
    return discord::examine(*client, access.guild_id, access.application_id, members_intent,
                            std::chrono::system_clock::now());
}

std::string invite_link(const cli::DiscordAccess& access) {
    const auto client = discord::make_client(discord_configuration(access));
    return discord::invite_link(discord::look_up_account(*client, access.application_id).application_id);
}

int run_sandbox(const cli::SandboxRequest& request) {
    sandbox::Options options;
    options.port = request.port;
    options.control_port = request.control_port;
    options.state_file = request.state_file;
    options.guild_file = request.guild_file;
    return sandbox::run(options, std::cout);
}

web::DiscordUser discord_login(const cli::ServeRequest& request, const std::string& code,
                               const std::string& redirect_uri) {
    discord::CurlTransport transport;
    const discord::LoginConfiguration configuration{
        request.discord->api_base, request.discord->application_id, *request.discord_client_secret,
        request.discord->guild_id};
    const discord::LoggedIn user = discord::log_in(transport, configuration, code, redirect_uri);
    return {user.name, user.administrator};
}

void serve_board(const cli::ServeRequest& request, const ZoneTable& zones, const Clock& clock) {
    web::Surroundings surroundings{
        .zones = zones,
        .clock = clock,
        .open_database = [&] { return open_database(request.database_url, false); },
        .make_realizer = {},
        .discord_login = {},
        .discord_application_id = request.discord ? request.discord->application_id : "",
        .rehearsal = request.discord && !request.discord->api_base.starts_with("https://discord.com/"),
    };
    if (request.discord) {
        surroundings.make_realizer = [&](Database& database) {
            return make_realizer(database, *request.discord, zones, clock);
        };
    }
    if (request.discord && request.discord_client_secret) {
        surroundings.discord_login = [&](const std::string& code, const std::string& redirect_uri) {
            return discord_login(request, code, redirect_uri);
        };
    }
    web::BoardOptions options;
    options.server.address = request.address;
    options.server.port = request.port;
    options.server.certificate_file = request.certificate_file.value_or("");
    options.server.key_file = request.key_file.value_or("");
    options.login = request.login;
    options.public_url = request.public_url.value_or("");
    options.behind_proxy = request.behind_proxy;
    options.link_key = request.link_key.value_or("");
    options.user = request.user;
    web::BoardServer board(std::move(surroundings), std::move(options));
    request.on_ready(board.address());
    constexpr std::chrono::milliseconds kLookInterval{100};
    while (!request.should_stop()) std::this_thread::sleep_for(kLookInterval);
    board.stop();
}

std::string ask_loopback(const std::string& url, const std::optional<std::string>& body) {
    discord::CurlTransport transport;
    discord::HttpRequest request;
    request.method = body ? "POST" : "GET";
    request.url = url;
    if (body) {
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = *body;
    }
    const auto response = transport.send(request);
    if (!response) throw Failure("the sandbox's control port: " + response.error().message);
    if (response->status / 100 != 2) throw Failure("the sandbox's control port: " + response->body);
    return response->body;
}

cli::ConfigurationRead read_configuration() {
    constexpr const char* kFile = "convene.toml";
    std::optional<std::string> text;
    if (std::filesystem::exists(kFile)) {
        std::ifstream file(kFile);
        std::ostringstream content;
        content << file.rdbuf();
        if (!file) throw cli::BadInput(kFile, {InputFault{"", "", "cannot be read"}});
        text = content.str();
    }
    return cli::read_configuration(cli::process_environment(), kFile, text);
}

int run_main(const std::vector<std::string>& words) {
    signal(SIGPIPE, SIG_IGN);  // a reader who leaves is seen where it matters: by the write that fails
    cli::watch_for_interrupts();
    const zones::IanaZones zone_table;
    const SystemClock clock;
    const cli::Adapters adapters{
        .zones = zone_table,
        .clock = clock,
        .open_database = open_database,
        .make_realizer =
            [&](Database& database, const cli::DiscordAccess& access) {
                return make_realizer(database, access, zone_table, clock);
            },
        .run_sandbox = run_sandbox,
        .serve_board = [&](const cli::ServeRequest& request) { serve_board(request, zone_table, clock); },
        .run_bot = [&](const cli::BotRequest& request) { run_bot(request, zone_table, clock); },
        .examine_discord = examine_discord,
        .invite_link = invite_link,
        .ask_loopback = ask_loopback,
        .program = std::filesystem::read_symlink("/proc/self/exe").string(),
    };
    cli::StandardOutput output;
    return static_cast<int>(cli::run(words, {adapters, read_configuration, cli::Terminal::detect(), output}));
}

}  // namespace
}  // namespace convene

int main(int argc, char** argv) {
    return convene::run_main(std::vector<std::string>(argv + 1, argv + argc));
}
