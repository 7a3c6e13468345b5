// src/web/login/rate_limit.h: how often somebody may ask.
#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace convene::web {

/// Each name has a bucket of tokens that fills at a steady rate; every request takes one.
class RateLimit {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    RateLimit(double most, double per_second) : most_(most), per_second_(per_second) {}

    /// False when the bucket is empty.
    [[nodiscard]] bool take(const std::string& name, TimePoint now);

private:
    struct Bucket {
        double tokens;
        TimePoint at;
    };
    double most_;
    double per_second_;
    std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace convene::web
