#include "app/retimed_meetings.h"

#include <algorithm>
#include <string>

#include "app/name_match.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

constexpr Minutes kWeek = std::chrono::weeks(1);

/// In which week of the course each meeting lies: 0, 1, 2, … without a break.
std::vector<int> weeks_of(const std::vector<MeetingRow>& meetings, Instant first) {
    std::vector<int> weeks;
    for (const MeetingRow& meeting : meetings) {
        const auto weeks_since =
            std::chrono::floor<std::chrono::weeks>(meeting.scheduled_time - first + kWeek / 2);
        const int least = weeks.empty() ? 0 : weeks.back() + 1;
        weeks.push_back(std::max(static_cast<int>(weeks_since.count()), least));
    }
    return weeks;
}

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// By how many weeks the series must be read ahead for the meeting of `week` to move least, after `earliest`.
int nearest_shift(const std::vector<Instant>& series, int week, Instant before, Instant earliest) {
    int best = 1;
    for (const int shift : {0, -1}) {
        if (week + shift < 0 || series[at(week + shift)] <= earliest) continue;
        const auto distance = [&](int weeks) { return std::chrono::abs(series[at(week + weeks)] - before); };
        if (distance(shift) < distance(best)) best = shift;
    }
    return best;
}

}  // namespace

std::optional<WeeklyStart> read_weekly_start(std::string_view text) {
    text = trimmed(text);
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos || blank < 3) return std::nullopt;
    std::string time(trimmed(text.substr(blank)));
    if (time.find(':') == 1) time.insert(0, "0");
    for (int day = 0; day < 7; ++day) {
        if (starts_with_ignoring_case(weekday_name(day), text.substr(0, blank)))
            return parse_weekly_start(std::string(weekday_name(day)) + ' ' + time);
    }
    return std::nullopt;
}

std::optional<TimeChange> time_change(const CohortSnapshot& cohort, const GroupRow& group,
                                      const WeeklyTime& to, const ZoneTable& zones, Instant now) {
    const Date start_date = cohort.cohort.start_date;
    TimeChange change;
    change.group_id = group.group_id;
    change.anchor = to.anchor->name();
    change.anchor_start = to_string(to.start);
    const std::vector<MeetingRow>& meetings = group.meetings;
    if (meetings.empty()) {
        change.recurring_meeting_time_utc =
            weekly_time_in_utc(meeting_instants(*to.anchor, to.start, start_date, 1).front());
        return change;
    }
    // A forming group whose dates are over never met: it is planned, or rehearsed, with dates gone by.
    const bool never_met = group.status == GroupStatus::forming && meetings.back().scheduled_time <= now;
    if (never_met) now = Instant::min();
    const auto from = weekly_time(group, zones);
    const Instant first = from ? meeting_instants(*from->anchor, from->start, start_date, 1).front()
                               : meetings.front().scheduled_time;
    const std::vector<int> weeks = weeks_of(meetings, first);
    // One week more than the last: room to move on.
    const std::vector<Instant> series = meeting_instants(*to.anchor, to.start, start_date, weeks.back() + 2);
    auto& retimed = change.meetings;
    std::optional<int> shift;
    for (std::size_t k = 0; k < meetings.size(); ++k) {
        const MeetingRow& meeting = meetings[k];
        if (meeting.scheduled_time <= now) {
            retimed.push_back({meeting.meeting_id, meeting.scheduled_time});
            continue;
        }
        if (!shift) {
            shift = k == 0 ? (series[at(weeks[0])] > now ? 0 : 1)
                           : nearest_shift(series, weeks[k], meeting.scheduled_time,
                                           std::max(now, retimed.back().time));
        }
        const Instant moved = series[at(weeks[k] + *shift)];
        if (change.recurring_meeting_time_utc.empty())
            change.recurring_meeting_time_utc = weekly_time_in_utc(moved);
        retimed.push_back({meeting.meeting_id, moved});
    }
    if (!shift) return std::nullopt;
    return change;
}

}  // namespace convene
