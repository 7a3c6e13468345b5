#include "formats/availability.h"

#include <algorithm>
#include <optional>

#include "core/time/weekly_start.h"

namespace convene {
namespace {

void skip_spaces(std::string_view& text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
}

/// Takes `09:30` from the front.
std::optional<int> take_clock(std::string_view& text) {
    const auto minute = parse_clock(text.substr(0, 5));
    if (minute) text.remove_prefix(5);
    return minute;
}

/// `18:00-21:00`, spaces around the dash allowed.
std::optional<WeeklyWindow> parse_stretch(int weekday, std::string_view text) {
    const auto begin = take_clock(text);
    skip_spaces(text);
    if (!begin || *begin == kMinutesPerDay || !text.starts_with('-')) return std::nullopt;
    text.remove_prefix(1);
    skip_spaces(text);
    const auto end = take_clock(text);
    if (!end || !text.empty()) return std::nullopt;
    const int length = *end > *begin ? *end - *begin : *end - *begin + kMinutesPerDay;
    return WeeklyWindow(weekday * kMinutesPerDay + *begin, length);
}

std::string text_of(int begin, int end) {
    return clock_text(begin) + '-' + clock_text(end);
}

}  // namespace

WeeklySet read_availability(const JsonNode& node, const std::string& path, Findings& findings) {
    std::vector<WeeklyWindow> windows;
    if (node.kind != JsonNode::Kind::object) {
        findings.fault(path, node, R"(must be hours by weekday, such as {"Monday": ["18:00-21:00"]})");
    }
    for (const auto& [day, stretches] : node.members) {
        const std::string day_path = member_path(path, day);
        const auto weekday = weekday_from_name(day);
        if (!weekday) {
            findings.faults.push_back(
                {day_path, in_quotes(day), "is not a weekday; write Monday … Sunday in full"});
            continue;
        }
        if (stretches.kind == JsonNode::Kind::null) continue;
        const auto* items = read_list(stretches, day_path, findings);
        for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
            const JsonNode& item = (*items)[i];
            const bool is_text = item.kind == JsonNode::Kind::text;
            const auto window = is_text ? parse_stretch(*weekday, item.text) : std::nullopt;
            if (window) {
                windows.push_back(*window);
            } else {
                findings.fault(item_path(day_path, i), item,
                               "is not a stretch of hours such as \"18:00-21:00\"");
            }
        }
    }
    return WeeklySet(windows);
}

tl::expected<WeeklySet, InputFaults> parse_availability_json(std::string_view text, const std::string& path) {
    const bool blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (blank) return WeeklySet();
    Findings findings;
    WeeklySet hours;
    InputFaults form;
    const auto node = parse_json(text, form);
    for (InputFault& fault : form) {
        const bool member = !fault.path.empty() && !fault.path.starts_with('[') && !path.empty();
        fault.path = path + (member ? "." : "") + fault.path;
        if (fault.value.empty()) fault.value = in_quotes(text);
        findings.faults.push_back(std::move(fault));
    }
    if (node && node->kind != JsonNode::Kind::null) hours = read_availability(*node, path, findings);
    if (!findings.faults.empty()) return tl::unexpected(std::move(findings.faults));
    return hours;
}

std::array<std::vector<std::string>, 7> hours_by_day(const WeeklySet& hours) {
    std::array<std::vector<std::string>, 7> days;
    // Of a window over the end of the week, the last, Monday's part comes first on Monday.
    for (const WeeklyWindow window : hours.windows()) {
        int begin = window.start();
        int left = window.length();
        while (left > 0) {
            const int minute = begin % kMinutesPerDay;
            const int length = std::min(left, kMinutesPerDay - minute);
            auto& day = days[static_cast<std::size_t>(begin / kMinutesPerDay)];
            day.push_back(text_of(minute, minute + length));
            left -= length;
            begin = (begin + length) % kMinutesPerWeek;
        }
    }
    for (auto& day : days) std::sort(day.begin(), day.end());
    return days;
}

std::string to_availability_json(const WeeklySet& hours) {
    std::string json = "{";
    const auto days = hours_by_day(hours);
    for (std::size_t day = 0; day < days.size(); ++day) {
        if (days[day].empty()) continue;
        if (json.size() > 1) json += ',';
        json += '"' + std::string(weekday_name(static_cast<int>(day))) + "\":[";
        for (std::size_t i = 0; i < days[day].size(); ++i)
            json += (i > 0 ? ",\"" : "\"") + days[day][i] + '"';
        json += ']';
    }
    return json + '}';
}

}  // namespace convene
