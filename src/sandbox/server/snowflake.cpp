#include "sandbox/server/snowflake.h"

#include <algorithm>
#include <charconv>

namespace convene::sandbox {
namespace {
constexpr long long kDiscordEpochMillis = 1420070400000;
constexpr int kTimeShift = 22;
// One worker, one process: any constant will do, but real ids have some.
constexpr Snowflake kWorkerAndProcess = (Snowflake{1} << 17) | (Snowflake{2} << 12);
constexpr Snowflake kCounterMask = 0xFFF;
}  // namespace

Instant made_at(Snowflake id) {
    return from_millis(static_cast<long long>(id >> kTimeShift) + kDiscordEpochMillis);
}

Snowflake first_id_at(Instant instant) {
    return static_cast<Snowflake>(std::max(0LL, to_millis(instant) - kDiscordEpochMillis)) << kTimeShift;
}

std::optional<Snowflake> parse_snowflake(std::string_view text) {
    Snowflake id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size() || id == 0) return std::nullopt;
    return id;
}

Snowflake SnowflakeMaker::next(Instant now) {
    Snowflake id = first_id_at(now) | kWorkerAndProcess;
    if (id <= last_) {
        const bool counter_full = (last_ & kCounterMask) == kCounterMask;
        id = counter_full ? (((last_ >> kTimeShift) + 1) << kTimeShift) | kWorkerAndProcess : last_ + 1;
    }
    last_ = id;
    return id;
}

void SnowflakeMaker::resume_after(Snowflake id) {
    last_ = std::max(last_, id);
}

}  // namespace convene::sandbox
