#include "app/weekly_time.h"

namespace convene {

std::optional<WeeklyTime> weekly_time(const GroupRow& group, const ZoneTable& zones) {
    if (group.anchor && group.anchor_start) {
        const ZonePtr anchor = zones.find(*group.anchor);
        const auto start = parse_weekly_start(*group.anchor_start);
        if (anchor && start) return WeeklyTime{anchor, *start};
    }
    if (const auto start = parse_weekly_start(group.recurring_meeting_time_utc))
        return WeeklyTime{utc_zone(), *start};
    if (group.meetings.empty()) return std::nullopt;
    const LocalTime first = utc_zone()->to_local(group.meetings.front().scheduled_time);
    return WeeklyTime{utc_zone(), WeeklyStart{minute_of_week(first)}};
}

std::string weekly_time_in_utc(Instant meeting) {
    return to_string(WeeklyStart{minute_of_week(utc_zone()->to_local(meeting))});
}

}  // namespace convene
