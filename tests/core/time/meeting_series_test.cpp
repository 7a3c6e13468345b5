#include "core/time/meeting_series.h"

#include <date/tz.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>

#include "tests/support/tiny_cohort.h"

namespace convene {
namespace {

using test::date;
using test::weekly_start;
using test::zone;

std::vector<std::string> series(const char* zone_name, const char* start, const char* from, int count) {
    std::vector<std::string> texts;
    for (const Instant t : meeting_instants(*zone(zone_name), weekly_start(start), test::date(from), count)) {
        texts.push_back(to_iso8601(t));
    }
    return texts;
}

using Texts = std::vector<std::string>;

TEST(MeetingSeries, a_start_on_the_weekday_itself_begins_that_day) {
    EXPECT_EQ(series("UTC", "Wed 15:00", "2025-01-15", 2),
              (Texts{"2025-01-15T15:00:00Z", "2025-01-22T15:00:00Z"}));
    EXPECT_EQ(series("UTC", "Tue 15:00", "2025-01-15", 1), (Texts{"2025-01-21T15:00:00Z"}));
}

TEST(MeetingSeries, local_time_stays_and_utc_moves_when_clocks_change) {
    const auto meetings = series("America/New_York", "Mon 09:00", "2025-02-24", 12);
    EXPECT_EQ(meetings[1], "2025-03-03T14:00:00Z");
    EXPECT_EQ(meetings[2], "2025-03-10T13:00:00Z");
    EXPECT_EQ(meetings[11], "2025-05-12T13:00:00Z");
}

TEST(MeetingSeries, pitfall_11_the_first_meeting_is_on_or_after_the_start_date_in_the_anchor_zone) {
    // Monday 00:30 in Auckland is Sunday 11:30 in UTC, the day before the start date there.
    EXPECT_EQ(series("Pacific/Auckland", "Mon 00:30", "2025-01-13", 1), (Texts{"2025-01-12T11:30:00Z"}));
    EXPECT_EQ(series("Pacific/Auckland", "Sun 23:30", "2025-01-13", 1), (Texts{"2025-01-19T10:30:00Z"}));
}

TEST(MeetingSeries, pitfall_10_a_meeting_in_the_skipped_hour_is_an_hour_later_that_week_only) {
    EXPECT_EQ(series("America/New_York", "Sun 02:30", "2025-03-02", 3),
              (Texts{"2025-03-02T07:30:00Z", "2025-03-09T07:30:00Z", "2025-03-16T06:30:00Z"}));
    EXPECT_EQ(series("America/New_York", "Sun 01:30", "2025-10-26", 3),
              (Texts{"2025-10-26T05:30:00Z", "2025-11-02T05:30:00Z", "2025-11-09T06:30:00Z"}));
}

TEST(MeetingSeries, agrees_with_the_date_library_for_any_start) {
    static constexpr std::array kZones = {"America/New_York",
                                          "Europe/London",
                                          "Pacific/Auckland",
                                          "Asia/Kathmandu",
                                          "Australia/Lord_Howe",
                                          "Africa/Cairo",
                                          "UTC"};
    EXPECT_TRUE(rc::check([] {
        const std::string name = kZones[static_cast<std::size_t>(*rc::gen::inRange(0, 7))];
        const auto days = *rc::gen::inRange(0, 37 * 365);
        const Date from(std::chrono::sys_days(std::chrono::year(2000) / 1 / 1) + std::chrono::days(days));
        const WeeklyStart start{*rc::gen::inRange(0, kMinutesPerWeek)};
        const auto meetings = meeting_instants(*zone(name), start, from, 12);

        // Day by day from the start date until the weekday comes.
        auto day = std::chrono::sys_days(from);
        while (static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1 != start.weekday())
            day += std::chrono::days(1);
        const auto& reference = *date::locate_zone(name);
        for (const Instant meeting : meetings) {
            const date::local_seconds wall(day.time_since_epoch() + Minutes(start.minute_of_day()));
            const auto offset = reference.get_info(wall).first.offset;
            RC_ASSERT(std::chrono::sys_seconds(meeting) ==
                      std::chrono::sys_seconds(wall.time_since_epoch()) - offset);
            day += std::chrono::days(7);
        }
    }));
}

}  // namespace
}  // namespace convene
