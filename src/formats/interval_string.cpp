#include <algorithm>
#include <optional>

#include "core/time/weekly_start.h"
#include "formats/availability.h"

namespace convene {
namespace {

constexpr std::string_view kDayLetters = "MTWRFSU";

void trim(std::string_view& text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) {
        text = {};
        return;
    }
    text = text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

struct DayAndClock {
    int weekday;
    int minute;  ///< 0 … 1440
};

std::optional<DayAndClock> parse_point(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const auto letter = kDayLetters.find(text.front());
    const auto minute = parse_clock(text.substr(1));
    if (letter == std::string_view::npos || !minute) return std::nullopt;
    return DayAndClock{static_cast<int>(letter), *minute};
}

int length_between(DayAndClock begin, DayAndClock end) {
    const int from = begin.weekday * kMinutesPerDay + begin.minute;
    const int to = end.weekday * kMinutesPerDay + end.minute;
    // People write Monday's midnight as M00:00: the one that ends the day.
    if (begin.weekday == end.weekday && to < from) return to - from + kMinutesPerDay;
    return to > from ? to - from : to - from + kMinutesPerWeek;
}

std::optional<WeeklyWindow> parse_window(std::string_view text) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto begin = parse_point(text.substr(0, space));
    text.remove_prefix(space);
    trim(text);
    const auto end = parse_point(text);
    if (!begin || !end || begin->minute == kMinutesPerDay) return std::nullopt;
    return WeeklyWindow(begin->weekday * kMinutesPerDay + begin->minute, length_between(*begin, *end));
}

std::string point_text(int minute_of_week) {
    const int minute = minute_of_week % kMinutesPerWeek;
    return kDayLetters[static_cast<std::size_t>(minute / kMinutesPerDay)] +
           clock_text(minute % kMinutesPerDay);
}

}  // namespace

tl::expected<WeeklySet, InputFaults> parse_interval_string(std::string_view text, const std::string& path) {
    std::vector<WeeklyWindow> windows;
    InputFaults faults;
    trim(text);
    for (std::size_t i = 0; !text.empty(); ++i) {
        const auto comma = text.find(',');
        std::string_view piece = text.substr(0, comma);
        trim(piece);
        if (const auto window = parse_window(piece)) {
            windows.push_back(*window);
        } else {
            faults.push_back({item_path(path, i), in_quotes(piece),
                              "is not an interval such as M09:00 M10:00 (days M T W R F S U)"});
        }
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return WeeklySet(windows);
}

std::string to_interval_string(const WeeklySet& hours) {
    std::string text;
    const auto append = [&text](int begin, int end) {
        text += (text.empty() ? "" : ", ") + point_text(begin) + ' ' + point_text(end);
    };
    const auto append_within_week = [&append](int begin, int end) {
        // Else Monday's hours up to the end of the week would read as up to Monday's midnight.
        const bool from_monday_on = begin > 0 && begin < kMinutesPerDay && end == kMinutesPerWeek;
        if (from_monday_on) append(begin, kMinutesPerDay);
        append(from_monday_on ? kMinutesPerDay : begin, end);
    };
    for (const WeeklyWindow window : hours.windows()) {
        const int end = window.start() + window.length();
        append_within_week(window.start(), std::min(end, kMinutesPerWeek));
        if (end > kMinutesPerWeek) append_within_week(0, end - kMinutesPerWeek);
    }
    return text;
}

}  // namespace convene
