#include "core/time/weekly_start.h"

#include <array>
#include <cstdio>

#include "core/time/clock_text.h"

namespace convene {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                       "Friday", "Saturday", "Sunday"};

void skip_spaces(std::string_view& text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

std::optional<int> take_weekday(std::string_view& text) noexcept {
    for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
        if (!text.starts_with(kWeekdays[day])) continue;
        text.remove_prefix(kWeekdays[day].size());
        return static_cast<int>(day);
    }
    return std::nullopt;
}

/// `15:00` from the front of the text, followed by nothing that continues the number.
std::optional<int> take_clock(std::string_view& text) noexcept {
    const auto minute = parse_clock(text.substr(0, 5));
    if (minute) text.remove_prefix(5);
    return minute;
}

}  // namespace

std::string_view weekday_name(int weekday) noexcept {
    return weekday >= 0 && weekday < 7 ? kWeekdays[static_cast<std::size_t>(weekday)] : std::string_view();
}

std::optional<int> weekday_from_name(std::string_view name) noexcept {
    const auto day = take_weekday(name);
    return name.empty() ? day : std::nullopt;
}

std::optional<int> parse_clock(std::string_view text) noexcept {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    }
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute > 59 || hour > 24 || (hour == 24 && minute != 0)) return std::nullopt;
    return hour * 60 + minute;
}

std::string clock_text(int minute_of_day) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", minute_of_day / 60, minute_of_day % 60);
    return text.data();
}

std::string to_string(WeeklyStart start) {
    return std::string(weekday_name(start.weekday())) + ' ' + clock_text(start.minute_of_day());
}

std::optional<WeeklyStart> parse_weekly_start(std::string_view text) {
    const auto weekday = take_weekday(text);
    if (!weekday || !text.starts_with(' ')) return std::nullopt;
    skip_spaces(text);
    const auto minute = take_clock(text);
    if (!minute || *minute == kMinutesPerDay) return std::nullopt;

    skip_spaces(text);
    if (!text.empty()) {
        if (text.front() != '-') return std::nullopt;
        text.remove_prefix(1);
        skip_spaces(text);
        if (take_weekday(text) && !text.starts_with(' ')) return std::nullopt;
        skip_spaces(text);
        if (!take_clock(text) || !text.empty()) return std::nullopt;
    }
    return WeeklyStart{*weekday * kMinutesPerDay + *minute};
}

}  // namespace convene
