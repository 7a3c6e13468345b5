// src/discord/rest/rate_limiter.h: when may the next request go?
//
// A pure state machine: it is told what is sent and what came back, with the
// time, and answers. It never sleeps and never reads a clock. Discord's headers
// are the only source of limits; a route that has not been answered yet is
// tried with one request at a time, until its first reply says what is allowed.
// Requests that are under way have their allowance taken already, so any number
// of threads can share one limiter (behind a lock) without passing a limit.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "discord/rest/route.h"

namespace convene::discord {

using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

/// What a reply says about limits; every field may be missing.
struct LimitReply {
    int status = 0;
    std::optional<int> limit;
    std::optional<int> remaining;
    std::optional<double> reset_epoch_s;  ///< X-RateLimit-Reset: names the window
    std::optional<double> reset_after_s;  ///< X-RateLimit-Reset-After: from now
    std::optional<std::string> bucket;
    std::optional<double> retry_after_s;  ///< of a 429: the longer of header and body
    bool global = false;                  ///< of a 429
    bool from_discord = true;             ///< false for a 429 page of the network in front of it
};

/// Reads headers (names in lower case) and, of a 429, the body.
[[nodiscard]] LimitReply read_limits(int status, const std::map<std::string, std::string>& headers,
                                     const std::string& body);

class RateLimiter {
public:
    struct Settings {
        int requests_per_second = 50;  ///< over all routes
        int in_first_second = 25;      ///< a process before this one may have used the rest, and died
        Duration silent_block = std::chrono::seconds(60);  ///< pause after a 429 page that names no time
    };

    RateLimiter() = default;
    explicit RateLimiter(const Settings& settings) : settings_(settings) {}

    /// A request under way.
    using Ticket = std::uint64_t;

    /// The first moment at which this route may go: not later than `now` means
    /// now. TimePoint::max() means that a reply under way must come first.
    [[nodiscard]] TimePoint next_allowed(const Route& route, TimePoint now) const;

    /// How long the limits of this route make `requests` further ones wait, the last of them included;
    /// zero where nobody has told a limit yet.
    [[nodiscard]] Duration time_for(const Route& route, int requests, TimePoint now) const;

    /// Takes the allowance. Only when next_allowed() says now.
    [[nodiscard]] Ticket begin(const Route& route, TimePoint now);

    void finish(Ticket ticket, const LimitReply& reply, TimePoint now);

    /// How far away Discord is: the time it took to open a connection, where one was opened, and to get an
    /// answer. Where these differ little, a request may leave so much earlier than a window ends.
    void measured(std::optional<Duration> connecting, Duration exchange);

    /// No reply came: the request may have been counted or not, so it is.
    void lose(Ticket ticket);

private:
    struct Bucket {
        bool known = false;      ///< a reply has told the limit
        bool unlimited = false;  ///< a reply came without limit
        int limit = 1;
        int remaining = 1;     ///< in the window that ends at reset_at
        double window = 0;     ///< which window that is
        TimePoint reset_at{};  ///< never before Discord's own reset
        Duration span{};       ///< of a window: the longest time that a reply named until its end
        TimePoint paused_until{};
        int in_flight = 0;
        int lost = 0;  ///< requests without reply since the last reply: they may have been counted
    };
    struct InFlight {
        std::string route_key;
        std::string bucket_key;
    };
    struct Sent {
        Ticket ticket = 0;
        TimePoint latest{};  ///< until when Discord may have counted it; while in flight, when it left
    };

    [[nodiscard]] std::string bucket_key(const Route& route) const;
    [[nodiscard]] TimePoint latest_arrival(const Sent& sent, TimePoint now) const;
    [[nodiscard]] TimePoint global_next(TimePoint now) const;
    [[nodiscard]] TimePoint next_window(const Bucket& bucket) const;
    void learn(Bucket& bucket, const LimitReply& reply, TimePoint now);
    void rename_bucket(const std::string& route_key, const std::string& from, const std::string& to);
    void forget_idle(TimePoint now);

    Settings settings_{};
    std::map<std::string, std::string> hash_of_route_;  ///< name of the route -> bucket hash
    std::map<std::string, Bucket> buckets_;             ///< `hash:major`, before that `name:major`
    std::map<Ticket, InFlight> in_flight_;
    std::optional<TimePoint> first_sent_;
    std::vector<Sent> recent_;  ///< of the last second, those that count globally
    TimePoint all_paused_until_{};
    int connections_ = 0;  ///< measured
    Duration shortest_connecting_ = Duration::max();
    Duration longest_connecting_{};
    Duration shortest_exchange_ = Duration::max();
    Ticket next_ticket_ = 1;
};

}  // namespace convene::discord
