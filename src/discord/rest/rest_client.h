// src/discord/rest/rest_client.h: requests to Discord, within its limits,
// repeated only where that cannot do a thing twice.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <tl/expected.hpp>

#include "discord/rest/api_error.h"
#include "discord/rest/http_transport.h"
#include "discord/rest/rate_limiter.h"

namespace convene::discord {

struct RestRequest {
    Route route;
    std::string body;          ///< JSON text; empty for none
    std::string audit_reason;  ///< shown in the server's audit log; empty for none
};

struct RestReply {
    int status = 0;
    std::string body;
    std::string date;  ///< the Date header: Discord's own clock
};

struct RestError {
    enum class Kind {
        refused,          ///< Discord said no: nothing was done; `api` tells why
        unknown_outcome,  ///< of a POST: it may have been carried out, now or in a moment; look before
                          ///< repeating
        unreachable,      ///< of anything else, after several tries; or a POST that was never sent
        stopped,          ///< should_stop() said so before it was sent
    };
    Kind kind = Kind::refused;
    ApiError api;
    std::string message;  ///< one sentence for people, free of secrets

    /// The bot token is wrong: no request can succeed.
    [[nodiscard]] bool bad_token() const;
};

/// Any number of threads may call at once.
class RestClient {
public:
    struct Settings {
        std::string api_base;  ///< without a slash at its end
        std::string token;
        std::string user_agent;
        std::chrono::milliseconds timeout{10000};
        std::chrono::milliseconds first_retry_pause{500};  ///< doubles with each try
        int tries = 5;                                     ///< of a repeatable request
        RateLimiter::Settings limits{};
    };
    using ShouldStop = std::function<bool()>;

    RestClient(Settings settings, std::shared_ptr<HttpTransport> transport);

    [[nodiscard]] tl::expected<RestReply, RestError> send(const RestRequest& request,
                                                          const ShouldStop& should_stop);

    /// How long until this route may go; zero or less for now, Duration::max() after a reply under way.
    [[nodiscard]] Duration wait_for(const Route& route) const;

    /// How long until so many requests of this route have gone, as far as Discord has told its limits.
    [[nodiscard]] Duration time_for(const Route& route, int requests) const;

    /// Sleeps; returns false when should_stop() ended it early.
    static bool pause(Duration length, const ShouldStop& should_stop);

    [[nodiscard]] std::uint64_t requests_sent() const noexcept { return requests_sent_; }

private:
    [[nodiscard]] HttpRequest http_request(const RestRequest& request) const;
    [[nodiscard]] bool await_turn(const Route& route, const ShouldStop& should_stop,
                                  RateLimiter::Ticket& ticket);

    Settings settings_;
    std::shared_ptr<HttpTransport> transport_;
    mutable std::mutex mutex_;
    std::condition_variable replied_;
    RateLimiter limiter_;
    std::atomic<std::uint64_t> requests_sent_{0};
};

}  // namespace convene::discord
