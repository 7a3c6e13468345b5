// src/web/board_server.h: the review board: its page, its API, and who may use them.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/clock.h"
#include "app/ports/database.h"
#include "app/ports/realizer.h"
#include "core/time/zone_table.h"
#include "http/server.h"

namespace convene::web {

/// Somebody whom Discord has named.
struct DiscordUser {
    std::string name;
    bool administrator = false;  ///< of the configured server
};

/// The outside world, as main.cpp hands it over.
struct Surroundings {
    const ZoneTable& zones;
    const Clock& clock;
    /// One more connection, for one thread at a time. \throws StoreFailure
    std::function<std::unique_ptr<Database>()> open_database;
    /// Empty: no Discord server is configured, and nothing can be published.
    std::function<std::unique_ptr<Realizer>(Database&)> make_realizer;
    /// Exchanges what Discord's login page sent back. \throws Failure. Empty: no login with Discord
    std::function<DiscordUser(const std::string& code, const std::string& redirect_uri)> discord_login;
    std::string discord_application_id;  ///< with discord_login
    bool rehearsal = false;              ///< make_realizer reaches a look-alike of Discord
};

struct BoardOptions {
    http::ServerOptions server;
    bool login = false;  ///< ask for a login; always on beyond loopback
    std::string
        public_url;  ///< how browsers reach it, without a slash at the end; empty: by address and port
    bool behind_proxy = false;  ///< a proxy ends TLS and names the client in X-Forwarded-For
    std::string link_key;       ///< signs links; empty: a fresh one
    std::string user;           ///< without a login: who is at the keyboard
};

class BoardServer {
public:
    /// \throws Failure when the address cannot be had
    BoardServer(Surroundings surroundings, BoardOptions options);
    ~BoardServer();
    BoardServer(const BoardServer&) = delete;
    BoardServer& operator=(const BoardServer&) = delete;

    /// What to open in a browser: with a login, a link that works once.
    [[nodiscard]] std::string address() const;
    [[nodiscard]] std::uint16_t port() const noexcept;
    /// Every method and path of the API, for the test that holds it to its description.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> routes() const;
    /// Ends what runs and closes every connection.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace convene::web
