#include "core/time/attendance_table.h"

#include <algorithm>

#include "core/time/attendance.h"
#include "core/time/meeting_series.h"

namespace convene {

AttendanceTable::AttendanceTable(const Zone& anchor, const Zone& clock, const MeetingCalendar& calendar) {
    const int starts = kMinutesPerWeek / calendar.start_step_minutes;
    first_.reserve(static_cast<std::size_t>(starts) + 1);
    std::vector<Instant> meetings(static_cast<std::size_t>(calendar.meetings));
    std::vector<WeeklyWindow> distinct;
    for (int start = 0; start < starts; ++start) {
        meeting_instants(anchor, WeeklyStart{start * calendar.start_step_minutes}, calendar.start_date,
                         meetings);
        distinct.clear();
        for (const Instant meeting : meetings) add_local_windows(distinct, clock, meeting, calendar.minutes);
        first_.push_back(static_cast<std::uint32_t>(windows_.size()));
        windows_.insert(windows_.end(), distinct.begin(), distinct.end());
    }
    first_.push_back(static_cast<std::uint32_t>(windows_.size()));
}

bool AttendanceTable::can_attend(const WeeklySet& hours, int start) const noexcept {
    const auto asked = windows(start);
    return std::all_of(asked.begin(), asked.end(), [&hours](WeeklyWindow w) { return hours.contains(w); });
}

bool AttendanceTable::can_attend(const FreeRuns& hours, int start) const noexcept {
    const auto asked = windows(start);
    return std::all_of(asked.begin(), asked.end(), [&hours](WeeklyWindow w) { return hours.contains(w); });
}

}  // namespace convene
