#include "core/time/instant.h"

#include <array>
#include <cstdio>

#include "core/time/clock_text.h"

namespace convene {
namespace {

/// All digits, at least one; empty otherwise.
std::optional<int> digits(std::string_view text) noexcept {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return text.empty() ? std::nullopt : std::optional(value);
}

}  // namespace

std::string to_string(Date date) {
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

std::string to_iso8601(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const auto minute = static_cast<int>((instant - day).count());
    return to_string(Date(day)) + 'T' + clock_text(minute) + ":00Z";
}

std::optional<Date> parse_date(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const Date date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                    std::chrono::day(static_cast<unsigned>(*day)));
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text) noexcept {
    if (text.size() != 20 || text[10] != 'T' || text.substr(16) != ":00Z") return std::nullopt;
    const auto date = parse_date(text.substr(0, 10));
    const auto minute = parse_clock(text.substr(11, 5));
    if (!date || !minute || *minute == 24 * 60) return std::nullopt;
    return Instant(std::chrono::sys_days(*date)) + Minutes(*minute);
}

}  // namespace convene
