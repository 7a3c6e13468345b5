#include "app/local_times.h"

#include <fmt/format.h>

#include <chrono>

#include "core/time/weekly_start.h"

namespace convene {
namespace {

constexpr int kMaxClockChangesShown = 2;

}  // namespace

std::string local_times(const std::vector<Instant>& meetings, const std::string& timezone,
                        const ZoneTable& zones) {
    const ZonePtr zone = timezone.empty() ? nullptr : zones.find(timezone);
    if (!zone) return {};
    std::string text;
    std::string last_day;
    std::string last_clock;
    int changes = 0;
    for (const Instant meeting : meetings) {
        const LocalTime local = zone->to_local(meeting);
        const auto date = std::chrono::floor<std::chrono::days>(local);
        const int minute = minute_of_week(local);
        const std::string day(weekday_name(minute / kMinutesPerDay));
        const std::string clock = clock_text(minute % kMinutesPerDay);
        if (day == last_day && clock == last_clock) continue;
        if (text.empty()) {
            text = day + " " + clock;
        } else if (++changes > kMaxClockChangesShown) {
            return text + ", later it changes again";
        } else {
            static constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
            const std::chrono::year_month_day on{date};
            text += fmt::format(", from {} {} {}{}", static_cast<unsigned>(on.day()),
                                kMonths[static_cast<unsigned>(on.month()) - 1],
                                day == last_day ? "" : day + " ", clock);
        }
        last_day = day;
        last_clock = clock;
    }
    return text;
}

}  // namespace convene
