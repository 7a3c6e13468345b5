#include "discord/wire/snowflake.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace convene::discord {
namespace {

constexpr std::chrono::milliseconds kDiscordEpoch{1420070400000};

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

bool is_snowflake(std::string_view text) {
    const auto value = number(text);
    return value && *value != 0 && text.front() != '0';
}

std::optional<Instant> made_at(std::string_view id) {
    const auto value = number(id);
    if (!value) return std::nullopt;
    const std::chrono::milliseconds since_epoch{static_cast<std::int64_t>(*value >> 22)};
    return std::chrono::floor<Minutes>(
        std::chrono::sys_time<std::chrono::milliseconds>{kDiscordEpoch + since_epoch});
}

std::string first_id_at(Instant instant) {
    const auto since_epoch = std::chrono::milliseconds(instant.time_since_epoch()) - kDiscordEpoch;
    return std::to_string(static_cast<std::uint64_t>(std::max<std::int64_t>(0, since_epoch.count())) << 22);
}

bool older(std::string_view left, std::string_view right) {
    return left.size() != right.size() ? left.size() < right.size() : left < right;
}

}  // namespace convene::discord
