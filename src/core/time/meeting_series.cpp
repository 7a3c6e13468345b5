#include "core/time/meeting_series.h"

namespace convene {

void meeting_instants(const Zone& anchor, WeeklyStart start, Date start_date,
                      std::span<Instant> out) noexcept {
    const std::chrono::local_days first_day(start_date);
    const int start_weekday = minute_of_week(LocalTime(first_day)) / kMinutesPerDay;
    const int days_ahead = (start.weekday() - start_weekday + 7) % 7;
    LocalTime local = LocalTime(first_day) + std::chrono::days(days_ahead) + Minutes(start.minute_of_day());
    for (Instant& meeting : out) {
        meeting = anchor.to_instant(local);
        local += std::chrono::weeks(1);
    }
}

std::vector<Instant> meeting_instants(const Zone& anchor, WeeklyStart start, Date start_date, int count) {
    std::vector<Instant> meetings(static_cast<std::size_t>(count));
    meeting_instants(anchor, start, start_date, meetings);
    return meetings;
}

}  // namespace convene
