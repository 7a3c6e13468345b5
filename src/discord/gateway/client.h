// src/discord/gateway/client.h: the bot's connection to Discord's gateway.
//
// Runs a GatewaySession over a WebSocket (TLS, certificate and host name verified) on a thread of its own
// that does nothing else, so that heartbeats wait for nobody.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "discord/gateway/session.h"
#include "discord/gateway/session_state.h"
#include "discord/rest/rest_client.h"

namespace convene::discord {

struct GatewayConfiguration {
    std::string api_base;  ///< of the RestClient; part of what a kept session belongs to
    std::string token;
    int intents = intent::kGuilds;
    bool compress = true;
    std::string user_agent = "DiscordBot";
};

/// All of them are called on the client's thread and must return at once: what takes time belongs in a queue.
struct GatewayCallbacks {
    /// Each event as it comes, READY and RESUMED too. Discord may deliver one twice.
    /// \param data_json  the text of `d`
    std::function<void(const std::string& name, const std::string& data_json)> on_event;
    /// What to keep over a restart, or that nothing is to be kept. What is written later than it is told must
    /// be written after the events before it are safe: then a crash repeats events and loses none.
    std::function<void(const std::optional<SessionState>&)> keep_state;
    /// No reconnecting can help (wrong token, intents not granted); the client has stopped by itself.
    std::function<void(const std::string& reason)> on_give_up;
};

class GatewayClient {
public:
    /// Connects in the background at once.
    /// \param kept  from keep_state, of an earlier process or this one
    GatewayClient(GatewayConfiguration configuration, std::shared_ptr<RestClient> rest,
                  std::optional<SessionState> kept, GatewayCallbacks callbacks);
    /// As stop(Ending::resume_later).
    ~GatewayClient();
    GatewayClient(const GatewayClient&) = delete;
    GatewayClient& operator=(const GatewayClient&) = delete;

    enum class Ending {
        resume_later,  ///< a restart follows: Discord keeps the session for some minutes
        for_good,      ///< Discord ends the session and shows the bot as offline
    };
    /// Says goodbye (a second at most) and joins the thread. No callback runs after it returned. Any thread
    /// but the client's own.
    void stop(Ending ending);

    /// For health checks and metrics. Any thread.
    [[nodiscard]] GatewaySession::Counts status() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace convene::discord
