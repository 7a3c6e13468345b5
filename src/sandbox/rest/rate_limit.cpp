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

std::string bucket_hash(const std::string& bucket) {
    // FNV-1a, twice over, for the 32 digits that Discord's have.
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : bucket) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return fmt::format("{:016x}{:016x}", hash, hash * 1099511628211ULL);
}

std::map<std::string, std::string> RateLimiter::headers(const Draw& draw, const BucketRule& rule,
                                                        const Window& window, Instant now) const {
    const auto reset_millis = to_millis(window.reset);
    return {{"X-RateLimit-Limit", std::to_string(rule.limit)},
            {"X-RateLimit-Remaining", std::to_string(std::max(0, rule.limit - window.used))},
            {"X-RateLimit-Reset", fmt::format("{}.{:03}", reset_millis / 1000, reset_millis % 1000)},
            {"X-RateLimit-Reset-After", fmt::format("{:.3f}", seconds_until(window.reset, now))},
            {"X-RateLimit-Bucket", bucket_hash(draw.bucket)}};
}

Verdict RateLimiter::admit(const Draw& draw, const Settings& settings, Instant now) {
    if (blocked_until_ && now < *blocked_until_) {
        return {Verdict::Kind::blocked,
                seconds_until(*blocked_until_, now),
                "sent while the address was blocked",
                {},
                0};
    }
    if (!settings.rate_limits) return {};

    if (now >= global_.reset) global_ = {now + kGlobalWindow, 0};
    if (draw.counts_globally && global_.used >= settings.global_per_second) {
        return {
            Verdict::Kind::global, seconds_until(global_.reset, now), "sent during a global limit", {}, 0};
    }
    if (draw.counts_globally) ++global_.used;

    const BucketRule& rule = rule_for(settings, draw.bucket);
    Window& window = windows_[key_of(draw)];
    if (now >= window.reset) window = {now + milliseconds(rule.window_ms), 0};
    if (const auto block = blocks_.find(key_of(draw)); block != blocks_.end() && now < block->second.until) {
        Verdict verdict{Verdict::Kind::shared, seconds_until(block->second.until, now),
                        "sent into a bucket that had answered 429", headers(draw, rule, window, now),
                        block->second.code};
        return verdict;
    }
    if (window.used >= rule.limit) {
        return {Verdict::Kind::exhausted, seconds_until(window.reset, now), "sent into an exhausted bucket",
                headers(draw, rule, window, now), 0};
    }
    ++window.used;
    return {Verdict::Kind::admitted, 0, "", headers(draw, rule, window, now), 0};
}

Verdict RateLimiter::block(const Draw& draw, const Settings& settings, Instant now, milliseconds duration,
                           int code) {
    blocks_[key_of(draw)] = {now + duration, code};
    const BucketRule& rule = rule_for(settings, draw.bucket);
    Window& window = windows_[key_of(draw)];
    if (now >= window.reset) window = {now + milliseconds(rule.window_ms), 0};
    return {Verdict::Kind::shared, seconds_until(now + duration, now), "", headers(draw, rule, window, now),
            code};
}

std::optional<Verdict> RateLimiter::count_rename(const Draw& draw, const Settings& settings, Instant now) {
    if (!settings.rate_limits) return std::nullopt;
    Window& window = renames_[draw.major];
    if (now >= window.reset) window = {now + milliseconds(settings.channel_rename.window_ms), 0};
    if (window.used < settings.channel_rename.limit) {
        ++window.used;
        return std::nullopt;
    }
    constexpr int kChannelWriteLimit = 20028;
    return block(draw, settings, now, window.reset - now, kChannelWriteLimit);
}

void RateLimiter::count_invalid(const Settings& settings, Instant now) {
    while (!invalid_.empty() && now - invalid_.front() > kInvalidWindow) invalid_.pop_front();
    invalid_.push_back(now);
    if (static_cast<int>(invalid_.size()) < settings.invalid_requests_per_10_minutes) return;
    block_everything(now + kInvalidWindow);
    invalid_.clear();
}

}  // namespace convene::sandbox
