#include "sandbox/rest/rate_limit.h"

#include <fmt/format.h>

#include <algorithm>

namespace convene::sandbox {
namespace {
using std::chrono::milliseconds;
constexpr milliseconds kGlobalWindow{1000};
constexpr milliseconds kInvalidWindow = std::chrono::minutes(10);

std::string key_of(const Draw& draw) {
    return draw.bucket + ":" + draw.major;
}

double seconds_until(Instant then, Instant now) {
    return static_cast<double>(std::max(milliseconds(1), then - now).count()) / 1000.0;
}

const BucketRule& rule_for(const Settings& settings, const std::string& bucket) {
    const auto found = settings.buckets.find(bucket);
    return found == settings.buckets.end() ? settings.default_bucket : found->second;
}
}  // namespace

std::string bucket_hash(const std::string& bucket, int generation) {
    // FNV-1a, twice over, for the 32 digits that Discord's have.
    std::uint64_t hash = 14695981039346656037ULL + static_cast<std::uint64_t>(generation);
    for (const char c : bucket) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return fmt::format("{:016x}{:016x}", hash, hash * 1099511628211ULL);
}

std::map<std::string, std::string> RateLimiter::headers(const Draw& draw, const Settings& settings,
                                                        const Window& window, Instant now) const {
    const BucketRule& rule = rule_for(settings, draw.bucket);
    const auto reset_millis = to_millis(window.reset);
    return {{"X-RateLimit-Limit", std::to_string(rule.limit)},
            {"X-RateLimit-Remaining", std::to_string(std::max(0, rule.limit - window.used))},
            {"X-RateLimit-Reset", fmt::format("{}.{:03}", reset_millis / 1000, reset_millis % 1000)},
            {"X-RateLimit-Reset-After", fmt::format("{:.3f}", seconds_until(window.reset, now))},
            {"X-RateLimit-Bucket", bucket_hash(draw.bucket, settings.bucket_generation)}};
}

/// Counts one, unless the address is blocked or the second's share is used up.
std::optional<Verdict> RateLimiter::over_all(Window& window, const Settings& settings, Instant now) {
    if (blocked_until_ && now < *blocked_until_) {
        return Verdict{Verdict::Kind::blocked,
                       seconds_until(*blocked_until_, now),
                       "sent while the address was blocked",
                       {},
                       0};
    }
    if (!settings.rate_limits) return std::nullopt;
    if (now >= window.reset) window = {now + kGlobalWindow, 0};
    if (window.used >= settings.global_per_second) {
        return Verdict{
            Verdict::Kind::global, seconds_until(window.reset, now), "sent during a global limit", {}, 0};
    }
    ++window.used;
    return std::nullopt;
}

Verdict RateLimiter::admit_stranger(const Settings& settings, Instant now) {
    return over_all(strangers_, settings, now).value_or(Verdict{});
}

Verdict RateLimiter::admit(const Draw& draw, const Settings& settings, Instant now) {
    Window uncounted;
    if (const auto refused = over_all(draw.counts_globally ? global_ : uncounted, settings, now))
        return *refused;
    if (!settings.rate_limits) return {};

    const BucketRule& rule = rule_for(settings, draw.bucket);
    Window& window = windows_[key_of(draw)];
    if (now >= window.reset) window = {now + milliseconds(rule.window_ms), 0};
    if (const auto block = blocks_.find(key_of(draw)); block != blocks_.end() && now < block->second.until) {
        return {Verdict::Kind::shared, seconds_until(block->second.until, now),
                "sent into a bucket that had answered 429", headers(draw, settings, window, now),
                block->second.code};
    }
    if (window.used >= rule.limit) {
        return {Verdict::Kind::exhausted, seconds_until(window.reset, now), "sent into an exhausted bucket",
                headers(draw, settings, window, now), 0};
    }
    ++window.used;
    return {Verdict::Kind::admitted, 0, "", headers(draw, settings, window, now), 0};
}

Verdict RateLimiter::block(const Draw& draw, const Settings& settings, Instant now, milliseconds duration,
                           int code) {
    blocks_[key_of(draw)] = {now + duration, code};
    const BucketRule& rule = rule_for(settings, draw.bucket);
    Window& window = windows_[key_of(draw)];
    if (now >= window.reset) window = {now + milliseconds(rule.window_ms), 0};
    return {Verdict::Kind::shared, seconds_until(now + duration, now), "",
            headers(draw, settings, window, now), code};
}

std::optional<Verdict> RateLimiter::count_hidden(const Draw& draw, const std::string& name,
                                                 const BucketRule& rule, int code, const Settings& settings,
                                                 Instant now) {
    if (!settings.rate_limits) return std::nullopt;
    Window& window = hidden_[name + ":" + draw.major];
    if (now >= window.reset) window = {now + milliseconds(rule.window_ms), 0};
    if (window.used < rule.limit) {
        ++window.used;
        return std::nullopt;
    }
    return block(draw, settings, now, window.reset - now, code);
}

void RateLimiter::count_invalid(const Settings& settings, Instant now) {
    while (!invalid_.empty() && now - invalid_.front() > kInvalidWindow) invalid_.pop_front();
    invalid_.push_back(now);
    if (static_cast<int>(invalid_.size()) < settings.invalid_requests_per_10_minutes) return;
    block_everything(now + kInvalidWindow);
    invalid_.clear();
}

}  // namespace convene::sandbox
