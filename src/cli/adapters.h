// src/cli/adapters.h: the outside world, as main.cpp hands it to the commands.
//
// cli includes no other adapter: factories here say what it needs of them, and
// nothing is opened before a command asks.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/doctor_line.h"
#include "app/ports/clock.h"
#include "app/ports/database.h"
#include "app/ports/realizer.h"
#include "core/time/zone_table.h"

namespace convene::cli {

struct DiscordAccess {
    std::string api_base;
    std::string token;
    std::string guild_id;
    std::string application_id;                ///< may be empty: it is looked up
    std::chrono::milliseconds timeout{10000};  ///< for one answer
};

struct SandboxRequest {
    std::uint16_t port = 0;
    std::uint16_t control_port = 0;
    std::optional<std::string> state_file;
    std::optional<std::string> guild_file;
};

/// What `convene serve` was asked; see docs/board.md.
struct ServeRequest {
    std::string database_url;
    std::optional<DiscordAccess> discord;  ///< empty: nothing can be published
    std::optional<std::string> discord_client_secret;
    std::optional<std::string> link_key;
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::optional<std::string> certificate_file;
    std::optional<std::string> key_file;
    std::optional<std::string> public_url;
    bool behind_proxy = false;
    bool login = false;
    std::string user;
    /// Called once it listens, with what to open in a browser.
    std::function<void(const std::string& address)> on_ready;
    /// Asked often: true ends it.
    std::function<bool()> should_stop;
};

struct ListenOn {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0 picks a free one
};

/// What a bot listens on; empty where it does not.
struct BotAddresses {
    std::string interactions;
    std::string metrics;
};

/// What `convene bot` was asked; see docs/bot.md.
struct BotRequest {
    std::string database_url;
    DiscordAccess discord;
    bool members_intent = false;
    std::optional<int> top_up_minutes;
    double time_limit_s = 0;
    int threads = 0;
    std::optional<ListenOn> interactions;  ///< instead of the gateway
    std::optional<ListenOn> metrics;
    bool json_log = false;
    bool debug = false;
    /// Called once it answers.
    std::function<void(const BotAddresses& at)> on_ready;
    /// Asked often: true ends it.
    std::function<bool()> should_stop;
};

struct Adapters {
    const ZoneTable& zones;
    const Clock& clock;
    /// A database whose schema is this program's, or (unchecked) any, of which only schema() may be used.
    /// Creates nothing. \throws StoreFailure that says what helps
    std::function<std::unique_ptr<Database>(const std::string& url, bool unchecked)> open_database;
    /// \throws DiscordFailure
    std::function<std::unique_ptr<Realizer>(Database& database, const DiscordAccess& access)> make_realizer;
    /// Serves until a signal comes. \returns the exit code
    std::function<int(const SandboxRequest& request)> run_sandbox;
    /// Serves the review board until it is told to stop. \throws Failure
    std::function<void(const ServeRequest& request)> serve_board;
    /// Serves Discord's users until it is told to stop. \throws Failure when it cannot go on
    std::function<void(const BotRequest& request)> run_bot;
    /// What `convene doctor` finds on Discord. Reads only.
    std::function<std::vector<DoctorLine>(const DiscordAccess& access, bool members_intent)> examine_discord;
    /// The link that adds the bot to a server. \throws DiscordFailure
    std::function<std::string(const DiscordAccess& access)> invite_link;
    /// GET or, with a body, POST of JSON on loopback: the sandbox's control port. \throws Failure unless the
    /// reply is 2xx
    std::function<std::string(const std::string& url, const std::optional<std::string>& body)> ask_loopback;
    /// Path of the running program, for the demo to start its sandbox with.
    std::string program;
};

}  // namespace convene::cli
