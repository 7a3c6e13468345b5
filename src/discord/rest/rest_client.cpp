#include "discord/rest/rest_client.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <thread>
#include <utility>

namespace convene::discord {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// How long a stop can go unnoticed.
constexpr milliseconds kStopPoll{50};
// A limit that refuses this often in a row is not one that waiting satisfies.
constexpr int kRefusalsInARow = 50;

std::string percent_encoded(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return out;
}

/// The server had trouble of its own: it may or may not have done what was asked.
bool server_trouble(int status) {
    return status >= 500;
}

RestError refused(const Route& route, const ApiError& api) {
    return {RestError::Kind::refused, api, fmt::format("Discord refused {}: {}", route.name(), api.text())};
}

}  // namespace

bool RestError::bad_token() const {
    if (api.code == error_code::kInvalidWebhookToken) return false;  // an interaction's, not the bot's
    return kind == Kind::refused && (api.status == 401 || api.code == error_code::kUnauthorized ||
                                     api.code == error_code::kInvalidToken);
}

RestClient::RestClient(Settings settings, std::shared_ptr<HttpTransport> transport)
    : settings_(std::move(settings)), transport_(std::move(transport)), limiter_(settings_.limits) {}

bool RestClient::pause(Duration length, const ShouldStop& should_stop) {
    const TimePoint end = Clock::now() + length;
    while (!should_stop()) {
        const TimePoint now = Clock::now();
        if (now >= end) return true;
        std::this_thread::sleep_for(std::min<Duration>(end - now, kStopPoll));
    }
    return false;
}

Duration RestClient::wait_for(const Route& route) const {
    const std::lock_guard lock(mutex_);
    const TimePoint now = Clock::now();
    const TimePoint next = limiter_.next_allowed(route, now);
    return next == TimePoint::max() ? Duration::max() : next - now;
}

Duration RestClient::time_for(const Route& route, int requests) const {
    const std::lock_guard lock(mutex_);
    return limiter_.time_for(route, requests, Clock::now());
}

bool RestClient::await_turn(const Route& route, const ShouldStop& should_stop, RateLimiter::Ticket& ticket) {
    std::unique_lock lock(mutex_);
    for (;;) {
        lock.unlock();
        const bool stop = should_stop();
        lock.lock();
        if (stop) return false;
        const TimePoint now = Clock::now();
        const TimePoint next = limiter_.next_allowed(route, now);
        if (next <= now) {
            ticket = limiter_.begin(route, now);
            return true;
        }
        replied_.wait_until(lock, std::min<TimePoint>(next, now + kStopPoll));
    }
}

HttpRequest RestClient::http_request(const RestRequest& request) const {
    HttpRequest http;
    http.method = to_string(request.route.method());
    http.url = settings_.api_base + request.route.path();
    http.headers = {{"Authorization", "Bot " + settings_.token}, {"User-Agent", settings_.user_agent}};
    if (!request.body.empty()) http.headers.emplace_back("Content-Type", "application/json");
    if (!request.audit_reason.empty()) {
        http.headers.emplace_back("X-Audit-Log-Reason", percent_encoded(request.audit_reason));
    }
    http.body = request.body;
    http.timeout = settings_.timeout;
    return http;
}

tl::expected<RestReply, RestError> RestClient::send(const RestRequest& request,
                                                    const ShouldStop& should_stop) {
    const Route& route = request.route;
    const HttpRequest http = http_request(request);
    milliseconds retry_pause = settings_.first_retry_pause;
    int refusals = 0;
    for (int attempt = 1;;) {
        RateLimiter::Ticket ticket = 0;
        if (!await_turn(route, should_stop, ticket)) {
            return tl::unexpected(RestError{RestError::Kind::stopped, {}, "stopped before " + route.name()});
        }
        ++requests_sent_;
        const TimePoint sent = Clock::now();
        tl::expected<HttpResponse, TransportFault> reply;
        try {
            reply = transport_->send(http);
        } catch (...) {
            const std::lock_guard lock(mutex_);
            limiter_.lose(ticket);
            throw;
        }
        {
            const std::lock_guard lock(mutex_);
            if (reply) {
                limiter_.measured(reply->connecting, Clock::now() - sent);
                limiter_.finish(ticket, read_limits(reply->status, reply->headers, reply->body),
                                Clock::now());
            } else {
                limiter_.lose(ticket);
            }
        }
        replied_.notify_all();

        std::string trouble;
        bool may_have_been_done = true;
        if (reply) {
            spdlog::debug("discord {} {}", route.name(), reply->status);
            if (reply->status >= 200 && reply->status < 300) {
                const auto date = reply->headers.find("date");
                return RestReply{reply->status, std::move(reply->body),
                                 date == reply->headers.end() ? "" : date->second};
            }
            if (reply->status == 429 && ++refusals < kRefusalsInARow) continue;  // the limiter says when
            if (!server_trouble(reply->status)) {
                return tl::unexpected(refused(route, parse_api_error(reply->status, reply->body)));
            }
            trouble = fmt::format("HTTP {}", reply->status);
        } else {
            spdlog::debug("discord {} failed: {}", route.name(), reply.error().message);
            trouble = reply.error().message;
            may_have_been_done = reply.error().may_have_been_sent;
        }
        if (!route.repeatable() && may_have_been_done) {
            return tl::unexpected(
                RestError{RestError::Kind::unknown_outcome,
                          {},
                          fmt::format("no certain answer to {}: {}", route.name(), trouble)});
        }
        if (++attempt > settings_.tries) {
            return tl::unexpected(
                RestError{RestError::Kind::unreachable,
                          {},
                          fmt::format("{} failed {} times: {}", route.name(), settings_.tries, trouble)});
        }
        if (!pause(retry_pause, should_stop)) {
            return tl::unexpected(RestError{RestError::Kind::stopped, {}, "stopped before " + route.name()});
        }
        retry_pause *= 2;
    }
}

}  // namespace convene::discord
