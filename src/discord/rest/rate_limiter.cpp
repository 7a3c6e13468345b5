#include "discord/rest/rate_limiter.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace convene::discord {
namespace {

using std::chrono::milliseconds;

// Discord rounds its times to milliseconds; a request must not arrive before the window has ended.
constexpr milliseconds kRounding{5};
// Requests travel with different delays: what was sent within a second may arrive within less.
constexpr milliseconds kGlobalWindow{1050};
// Two replies that name the end of one window differ by rounding only.
constexpr double kSameWindow_s = 0.05;
constexpr std::size_t kManyBuckets = 2000;
// Of a process's first second, for routes that nobody has answered yet: the sooner their first window opens,
// the sooner the next one does.
constexpr int kKeptForFirstTries = 3;
// So many must have been opened before their times are taken for what the way always takes.
constexpr int kEnoughConnections = 6;

Duration seconds(double s) {
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(std::max(0.0, s)));
}

std::optional<double> number(const std::map<std::string, std::string>& headers, const char* name) {
    const auto found = headers.find(name);
    if (found == headers.end()) return std::nullopt;
    char* end = nullptr;
    const double value = std::strtod(found->second.c_str(), &end);
    if (end == found->second.c_str() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<int> count(const std::map<std::string, std::string>& headers, const char* name) {
    const auto value = number(headers, name);
    if (!value || *value < 0 || *value > 1e6) return std::nullopt;
    return static_cast<int>(*value);
}

}  // namespace

LimitReply read_limits(int status, const std::map<std::string, std::string>& headers,
                       const std::string& body) {
    LimitReply reply;
    reply.status = status;
    reply.limit = count(headers, "x-ratelimit-limit");
    reply.remaining = count(headers, "x-ratelimit-remaining");
    reply.reset_epoch_s = number(headers, "x-ratelimit-reset");
    reply.reset_after_s = number(headers, "x-ratelimit-reset-after");
    if (const auto bucket = headers.find("x-ratelimit-bucket"); bucket != headers.end()) {
        reply.bucket = bucket->second;
    }
    if (status != 429) return reply;

    reply.retry_after_s = number(headers, "retry-after");
    reply.global = headers.contains("x-ratelimit-global");
    reply.from_discord = reply.bucket.has_value() || headers.contains("x-ratelimit-scope") || reply.global;
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (json.is_object()) {
        if (const auto after = json.find("retry_after"); after != json.end() && after->is_number()) {
            reply.retry_after_s = std::max(reply.retry_after_s.value_or(0), after->get<double>());
            reply.from_discord = true;
        }
        if (const auto global = json.find("global"); global != json.end() && global->is_boolean()) {
            reply.global = reply.global || global->get<bool>();
        }
    }
    return reply;
}

std::string RateLimiter::bucket_key(const Route& route) const {
    const auto hash = hash_of_route_.find(route.name());
    return (hash == hash_of_route_.end() ? route.name() : hash->second) + ":" + route.major();
}

TimePoint RateLimiter::global_next(TimePoint now) const {
    const auto allowed = static_cast<std::size_t>(settings_.requests_per_second);
    const auto at_first = static_cast<std::size_t>(settings_.in_first_second);
    TimePoint next = now;
    if (first_sent_ && now < *first_sent_ + kGlobalWindow && recent_.size() >= at_first)
        next = *first_sent_ + kGlobalWindow;
    std::vector<TimePoint> counted;
    for (const Sent& sent : recent_) counted.push_back(latest_arrival(sent, now));
    std::erase_if(counted, [&](TimePoint arrival) { return arrival + kGlobalWindow <= now; });
    if (counted.size() < allowed) return next;
    std::sort(counted.begin(), counted.end());
    return std::max(next, counted[counted.size() - allowed] + kGlobalWindow);
}

/// What is under way for longer than the way ever took may still be about to arrive, among later ones.
TimePoint RateLimiter::latest_arrival(const Sent& sent, TimePoint now) const {
    if (!in_flight_.contains(sent.ticket)) return sent.latest;
    const bool known = shortest_exchange_ != Duration::max();
    return std::max(sent.latest, known ? now - shortest_exchange_ : now);
}

TimePoint RateLimiter::next_allowed(const Route& route, TimePoint now) const {
    TimePoint next = std::max(now, all_paused_until_);
    if (route.counts_globally()) next = std::max(next, global_next(now));

    const auto found = buckets_.find(bucket_key(route));
    const bool first_try = found == buckets_.end() || !(found->second.known || found->second.unlimited);
    const auto for_all =
        static_cast<std::size_t>(std::max(1, settings_.in_first_second - kKeptForFirstTries));
    if (route.counts_globally() && !first_try && first_sent_ && recent_.size() >= for_all &&
        now < *first_sent_ + kGlobalWindow) {
        next = std::max(next, *first_sent_ + kGlobalWindow);
    }
    if (found == buckets_.end()) return next;
    const Bucket& bucket = found->second;
    next = std::max(next, bucket.paused_until);
    if (bucket.unlimited) return next;
    if (!bucket.known) return bucket.in_flight == 0 ? next : TimePoint::max();
    const int taken = bucket.in_flight + bucket.lost;
    if (next < bucket.reset_at && bucket.remaining - taken > 0) return next;
    if (bucket.limit - taken > 0 || bucket.in_flight == 0) return std::max(next, next_window(bucket));
    return TimePoint::max();
}

/// When a request may leave that is to arrive after this window. Its end was told by a reply, which took its
/// time to come, and the request takes its own: together not less than once there and back, by which each
/// window would last longer than Discord's.
TimePoint RateLimiter::next_window(const Bucket& bucket) const {
    if (connections_ < kEnoughConnections) return bucket.reset_at;
    const Duration shortest = std::min(shortest_connecting_, shortest_exchange_);
    const Duration spread = longest_connecting_ - shortest_connecting_;
    // A quarter is left for ways that are shorter than the shortest seen so far.
    return bucket.reset_at - std::max(Duration::zero(), shortest - 2 * spread) * 3 / 4;
}

void RateLimiter::measured(std::optional<Duration> connecting, Duration exchange) {
    shortest_exchange_ = std::min(shortest_exchange_, exchange);
    if (!connecting) return;
    ++connections_;
    shortest_connecting_ = std::min(shortest_connecting_, *connecting);
    longest_connecting_ = std::max(longest_connecting_, *connecting);
}

Duration RateLimiter::time_for(const Route& route, int requests, TimePoint now) const {
    const auto found = buckets_.find(bucket_key(route));
    if (found == buckets_.end() || !found->second.known || found->second.unlimited) return Duration::zero();
    const Bucket& bucket = found->second;
    const int taken = bucket.in_flight + bucket.lost;
    const bool open = now < bucket.reset_at;
    const int left = requests - std::max(0, (open ? bucket.remaining : bucket.limit) - taken);
    const Duration paused = std::max(Duration::zero(), bucket.paused_until - now);
    if (left <= 0) return paused;
    const int further_windows = (left - 1) / bucket.limit;
    const Duration first = open ? bucket.reset_at - now : bucket.span;
    return std::max(paused, first + further_windows * bucket.span);
}

RateLimiter::Ticket RateLimiter::begin(const Route& route, TimePoint now) {
    assert(next_allowed(route, now) <= now);
    const std::string key = bucket_key(route);
    ++buckets_[key].in_flight;
    if (route.counts_globally()) {
        if (!first_sent_) first_sent_ = now;
        std::erase_if(recent_, [&](const Sent& sent) {
            return !in_flight_.contains(sent.ticket) && sent.latest + kGlobalWindow <= now;
        });
        recent_.push_back({next_ticket_, now});
    }
    const Ticket ticket = next_ticket_++;
    in_flight_.emplace(ticket, InFlight{route.name(), key});
    forget_idle(now);
    return ticket;
}

void RateLimiter::finish(Ticket ticket, const LimitReply& reply, TimePoint now) {
    for (Sent& sent : recent_)
        if (sent.ticket == ticket) sent.latest = latest_arrival(sent, now);
    auto node = in_flight_.extract(ticket);
    assert(!node.empty());
    std::string key = node.mapped().bucket_key;
    --buckets_[key].in_flight;

    const std::string& route_key = node.mapped().route_key;
    if (reply.bucket) {
        const std::string major = key.substr(key.rfind(':'));
        const std::string renamed = *reply.bucket + major;
        hash_of_route_[route_key] = *reply.bucket;
        if (renamed != key) {
            rename_bucket(route_key, key, renamed);
            key = renamed;
        }
    }
    Bucket& bucket = buckets_[key];
    if (reply.status != 429) {
        learn(bucket, reply, now);
        return;
    }
    const Duration pause =
        reply.retry_after_s ? seconds(*reply.retry_after_s) + kRounding : settings_.silent_block;
    if (reply.global || !reply.from_discord) {
        all_paused_until_ = std::max(all_paused_until_, now + pause);
    } else {
        // A shared or hidden limit may refuse while `remaining` is above zero: the pause rules.
        bucket.paused_until = std::max(bucket.paused_until, now + pause);
        learn(bucket, reply, now);
    }
}

void RateLimiter::lose(Ticket ticket) {
    auto node = in_flight_.extract(ticket);
    assert(!node.empty());
    Bucket& bucket = buckets_[node.mapped().bucket_key];
    --bucket.in_flight;
    ++bucket.lost;
}

void RateLimiter::learn(Bucket& bucket, const LimitReply& reply, TimePoint now) {
    if (!reply.limit || !reply.remaining || !reply.reset_after_s) {
        // A reply without limits says nothing about a route that has them.
        if (!bucket.known && reply.status < 400) bucket.unlimited = true;
        return;
    }
    const TimePoint reset_at = now + seconds(*reply.reset_after_s) + kRounding;
    const double since_start = std::chrono::duration<double>(now.time_since_epoch()).count();
    const double window = reply.reset_epoch_s.value_or(since_start + *reply.reset_after_s);
    bucket.unlimited = false;
    bucket.span = std::max(bucket.span, seconds(*reply.reset_after_s));
    bucket.limit = std::max(1, *reply.limit);
    if (!bucket.known || window > bucket.window + kSameWindow_s) {
        bucket.known = true;
        bucket.window = window;
        bucket.lost = 0;
        bucket.remaining = *reply.remaining;
        bucket.reset_at = reset_at;
    } else if (window > bucket.window - kSameWindow_s) {
        // Replies of one window may arrive out of order: the lowest count is the latest.
        bucket.remaining = std::min(bucket.remaining, *reply.remaining);
        bucket.reset_at = std::min(bucket.reset_at, reset_at);
    }
}

void RateLimiter::rename_bucket(const std::string& route_key, const std::string& from,
                                const std::string& to) {
    for (auto& [ticket, request] : in_flight_) {
        if (request.route_key != route_key || request.bucket_key != from) continue;
        request.bucket_key = to;
        --buckets_[from].in_flight;
        ++buckets_[to].in_flight;
    }
    const Bucket& old = buckets_[from];
    Bucket& renamed = buckets_[to];
    renamed.paused_until = std::max(renamed.paused_until, old.paused_until);
    if (old.in_flight == 0) buckets_.erase(from);
}

void RateLimiter::forget_idle(TimePoint now) {
    if (buckets_.size() < kManyBuckets) return;
    std::erase_if(buckets_, [now](const auto& entry) {
        const Bucket& bucket = entry.second;
        return bucket.in_flight == 0 && bucket.reset_at < now && bucket.paused_until < now;
    });
}

}  // namespace convene::discord
