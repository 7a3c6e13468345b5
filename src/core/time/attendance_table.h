// src/core/time/attendance_table.h: for every weekly start, what its meetings
// ask of a person's week.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/time/free_runs.h"
#include "core/time/instant.h"
#include "core/time/weekly_set.h"
#include "core/time/weekly_start.h"
#include "core/time/zone.h"

namespace convene {

/// Which meetings every weekly start stands for.
struct MeetingCalendar {
    Date start_date{};
    int meetings = 1;  ///< how many of them must fit; 1 for fit first-meeting
    int minutes = 60;
    int start_step_minutes = 30;  ///< divides kMinutesPerDay
};

/// The local windows of all meetings of all candidate starts, for people of one
/// zone and groups of one anchor zone, without repetition: most starts keep
/// one window through the course and get one or two more for each clock change. Built
/// once per pair of zones; a person is then judged without any calendar.
class AttendanceTable {
public:
    AttendanceTable(const Zone& anchor, const Zone& clock, const MeetingCalendar& calendar);

    /// Starts are numbered 0 … starts() - 1, start i being i * start_step_minutes into the anchor's week.
    [[nodiscard]] int starts() const noexcept { return static_cast<int>(first_.size()) - 1; }
    /// Distinct windows, in order of the first meeting that needs them; at least one.
    [[nodiscard]] std::span<const WeeklyWindow> windows(int start) const noexcept {
        const auto i = static_cast<std::size_t>(start);
        return std::span(windows_).subspan(first_[i], first_[i + 1] - first_[i]);
    }

    /// R3 for one person: all meetings of that start lie within the hours.
    [[nodiscard]] bool can_attend(const WeeklySet& hours, int start) const noexcept;
    [[nodiscard]] bool can_attend(const FreeRuns& hours, int start) const noexcept;

private:
    std::vector<WeeklyWindow> windows_;
    std::vector<std::uint32_t> first_;  ///< by start, into windows_; one more entry than starts
};

}  // namespace convene
