#include "web/login/rate_limit.h"

#include <algorithm>

namespace convene::web {
namespace {
constexpr std::size_t kMostNames = 10'000;
}

bool RateLimit::take(const std::string& name, TimePoint now) {
    const std::lock_guard lock(mutex_);
    const auto filled = [&](const Bucket& bucket) {
        const std::chrono::duration<double> passed = now - bucket.at;
        return std::min(most_, bucket.tokens + passed.count() * per_second_);
    };
    if (buckets_.size() >= kMostNames)
        std::erase_if(buckets_, [&](const auto& entry) { return filled(entry.second) >= most_; });
    const auto [entry, fresh] = buckets_.try_emplace(name, Bucket{most_, now});
    Bucket& bucket = entry->second;
    bucket = {filled(bucket), now};
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

}  // namespace convene::web
