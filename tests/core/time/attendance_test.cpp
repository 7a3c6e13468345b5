#include "core/time/attendance.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>

#include "core/time/attendance_table.h"
#include "core/time/meeting_series.h"
#include "tests/support/tiny_cohort.h"
#include "tests/support/weekly_generators.h"

namespace convene {
namespace {

using test::hours;
using test::instant;
using test::weekly_start;
using test::zone;

/// All meetings of a weekly start lie within the hours.
bool can_attend(const char* anchor, const char* start, const char* from, int count, const char* person_zone,
                const char* person_hours, int minutes = 60) {
    for (const Instant t : meeting_instants(*zone(anchor), weekly_start(start), test::date(from), count)) {
        if (!is_free(*zone(person_zone), hours(person_hours), t, minutes)) return false;
    }
    return true;
}

TEST(Attendance, pitfall_4_kathmandu_is_on_the_quarter_hour) {
    const auto free_at = [](const char* start) {
        return can_attend("UTC", start, "2025-01-13", 8, "Asia/Kathmandu", "Mon 09:00-10:00");
    };
    EXPECT_TRUE(free_at("Mon 03:15"));
    EXPECT_FALSE(free_at("Mon 03:14"));
    EXPECT_FALSE(free_at("Mon 03:16"));
    EXPECT_FALSE(free_at("Mon 03:30"));
    EXPECT_FALSE(free_at("Mon 03:00"));
}

TEST(Attendance, pitfall_6_new_york_and_phoenix_share_an_hour_in_january_and_not_in_july) {
    const auto shared = [](const char* start, const char* from) {
        return can_attend("UTC", start, from, 4, "America/New_York", "Tue 13:00-14:00") &&
               can_attend("UTC", start, from, 4, "America/Phoenix", "Tue 11:00-12:00");
    };
    EXPECT_TRUE(shared("Tue 18:00", "2025-01-07"));
    for (int minute = 0; minute < kMinutesPerDay; minute += 5) {
        EXPECT_FALSE(shared(("Tue " + clock_text(minute)).c_str(), "2025-07-01")) << minute;
    }
}

TEST(Attendance, pitfall_7_london_and_sydney_share_no_hour_in_july) {
    const auto shared = [](const char* start, const char* from) {
        return can_attend("UTC", start, from, 4, "Europe/London", "Tue 09:00-10:00") &&
               can_attend("UTC", start, from, 4, "Australia/Sydney", "Tue 20:00-21:00");
    };
    EXPECT_TRUE(shared("Tue 09:00", "2025-01-07"));
    for (int minute = 0; minute < kMinutesPerDay; minute += 5) {
        EXPECT_FALSE(shared(("Tue " + clock_text(minute)).c_str(), "2025-07-01")) << minute;
    }
}

TEST(Attendance, pitfall_8_only_a_fitting_anchor_keeps_london_and_new_york_through_march_2026) {
    // US clocks change on 8 March, British ones on the 29th: in weeks 2 to 4 they are 4 hours apart, not 5.
    const auto all_weeks = [](const char* anchor, const char* start, const char* person_zone,
                              const char* free) {
        return can_attend(anchor, start, "2026-03-02", 8, person_zone, free);
    };
    EXPECT_TRUE(all_weeks("Europe/London", "Mon 18:00", "Europe/London", "Mon 18:00-19:00"));
    EXPECT_FALSE(all_weeks("Europe/London", "Mon 18:00", "America/New_York", "Mon 13:00-14:00"));
    EXPECT_TRUE(all_weeks("Europe/London", "Mon 18:00", "America/New_York", "Mon 13:00-15:00"));
    EXPECT_FALSE(all_weeks("UTC", "Mon 18:00", "Europe/London", "Mon 18:00-19:00"));
    EXPECT_TRUE(all_weeks("UTC", "Mon 18:00", "Europe/London", "Mon 18:00-20:00"));
}

TEST(Attendance, hours_over_sunday_midnight_hold_a_meeting_over_it) {
    EXPECT_TRUE(can_attend("UTC", "Sun 23:30", "2025-01-13", 8, "UTC", "Sun 23:00-01:00"));
    EXPECT_TRUE(can_attend("UTC", "Mon 00:00", "2025-01-13", 8, "UTC", "Sun 23:00-01:00"));
    EXPECT_FALSE(can_attend("UTC", "Mon 00:30", "2025-01-13", 8, "UTC", "Sun 23:00-01:00"));
}

TEST(Attendance, pitfall_10_a_meeting_across_the_skipped_hour_asks_for_what_clocks_show) {
    // New York, 9 March 2025: 01:59 is followed by 03:00. An hour from 01:30 shows 01:30-01:59, 03:00-03:29.
    const ZonePtr new_york = zone("America/New_York");
    const Instant start = instant("2025-03-09T06:30:00Z");
    const auto windows = local_windows(*new_york, start, 60);
    ASSERT_EQ(windows.size(), 2U);
    EXPECT_EQ(windows[0], hours("Sun 01:30-02:00").windows()[0]);
    EXPECT_EQ(windows[1], hours("Sun 03:00-03:30").windows()[0]);
    EXPECT_TRUE(is_free(*new_york, hours("Sun 01:30-02:00, Sun 03:00-03:30"), start, 60));
    EXPECT_FALSE(is_free(*new_york, hours("Sun 01:30-02:30"), start, 60));
    // The skipped hour itself is shown by no clock, so no meeting can need it.
    EXPECT_TRUE(is_free(*new_york, hours("always").without(hours("Sun 02:00-03:00")), start, 60));
}

TEST(Attendance, pitfall_10_a_meeting_in_the_repeated_hour_asks_for_it_once) {
    // New York, 2 November 2025: 01:59 is followed by 01:00. Two hours from the first 01:00 show 01:00-01:59
    // twice.
    const ZonePtr new_york = zone("America/New_York");
    const Instant start = instant("2025-11-02T05:00:00Z");
    EXPECT_TRUE(is_free(*new_york, hours("Sun 01:00-02:00"), start, 120));
    EXPECT_FALSE(is_free(*new_york, hours("Sun 01:00-02:00"), start, 121));
    // From the first 01:30 an hour shows 01:30-01:59, then 01:00-01:29: both halves are needed.
    EXPECT_FALSE(is_free(*new_york, hours("Sun 01:30-02:30"), start + Minutes(30), 60));
    EXPECT_TRUE(is_free(*new_york, hours("Sun 01:00-02:00"), start + Minutes(30), 60));
}

/// The definition, minute by minute.
bool free_by_minutes(const Zone& zone, const WeeklySet& free, Instant start, int minutes) {
    for (int i = 0; i < minutes; ++i) {
        if (!free.contains(WeeklyWindow(minute_of_week(zone.to_local(start + Minutes(i))), 1))) return false;
    }
    return true;
}

constexpr std::array kZones = {"America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu",
                               "UTC"};

Instant near_a_change() {
    static const std::array kChanges = {instant("2025-03-09T07:00:00Z"), instant("2025-11-02T06:00:00Z"),
                                        instant("2025-03-30T01:00:00Z"), instant("2025-04-05T15:00:00Z"),
                                        instant("2025-07-06T00:00:00Z")};
    return kChanges[static_cast<std::size_t>(*rc::gen::inRange(0, 5))] +
           Minutes(*rc::gen::inRange(-300, 300));
}

TEST(Attendance, is_free_agrees_with_looking_at_the_clock_each_minute) {
    EXPECT_TRUE(rc::check([] {
        const ZonePtr where = zone(kZones[static_cast<std::size_t>(*rc::gen::inRange(0, 5))]);
        const Instant start = near_a_change();
        const int minutes = *rc::gen::inRange(1, 240);
        // Hours around the meeting, so that yes and no are both common.
        std::vector<WeeklyWindow> windows = local_windows(*where, start, minutes);
        if (*rc::gen::arbitrary<bool>()) {
            const WeeklyWindow first = windows.front();
            windows.front() = WeeklyWindow(first.start(), *rc::gen::inRange(1, first.length() + 1));
        }
        if (*rc::gen::arbitrary<bool>()) windows.push_back(*test::any_weekly_window());
        const WeeklySet free(windows);
        RC_ASSERT(is_free(*where, free, start, minutes) == free_by_minutes(*where, free, start, minutes));
    }));
}

TEST(Attendance, local_windows_cover_exactly_what_the_clock_shows) {
    EXPECT_TRUE(rc::check([] {
        const ZonePtr where = zone(kZones[static_cast<std::size_t>(*rc::gen::inRange(0, 5))]);
        const Instant start = near_a_change();
        const int minutes = *rc::gen::inRange(1, 300);
        std::vector<WeeklyWindow> shown;
        for (int i = 0; i < minutes; ++i)
            shown.emplace_back(minute_of_week(where->to_local(start + Minutes(i))), 1);
        RC_ASSERT(WeeklySet(local_windows(*where, start, minutes)) == WeeklySet(shown));
    }));
}

TEST(Attendance, a_meeting_as_long_as_a_week_is_one_window) {
    EXPECT_EQ(local_windows(*utc_zone(), instant("2025-01-13T00:00:00Z"), kMinutesPerWeek).front().length(),
              kMinutesPerWeek);
}

TEST(AttendanceTable, agrees_with_judging_every_meeting) {
    for (const char* anchor : {"UTC", "Europe/London", "Pacific/Auckland"}) {
        for (const char* clock : {"America/New_York", "Asia/Kathmandu", "UTC"}) {
            const MeetingCalendar calendar{test::date("2026-02-23"), 12, 90, 15};
            const AttendanceTable table(*zone(anchor), *zone(clock), calendar);
            ASSERT_EQ(table.starts(), kMinutesPerWeek / 15);
            const WeeklySet free =
                hours("Sun 00:30-04:00, Mon 09:00-12:00, Tue 18:00-21:15, Sat 22:00-02:45");
            const FreeRuns runs(free);
            for (int start = 0; start < table.starts(); ++start) {
                bool expected = true;
                for (const Instant t :
                     meeting_instants(*zone(anchor), {start * 15}, calendar.start_date, 12)) {
                    expected = expected && is_free(*zone(clock), free, t, 90);
                }
                ASSERT_EQ(table.can_attend(free, start), expected) << anchor << ' ' << clock << ' ' << start;
                ASSERT_EQ(table.can_attend(runs, start), expected);
            }
        }
    }
}

TEST(AttendanceTable, a_start_asks_for_one_window_and_one_more_per_clock_change) {
    const MeetingCalendar calendar{test::date("2026-02-23"), 12, 60, 30};
    const int tuesday_noon = (kMinutesPerDay + 12 * 60) / 30;
    EXPECT_EQ(AttendanceTable(*utc_zone(), *zone("Asia/Tokyo"), calendar).windows(tuesday_noon).size(), 1U);
    EXPECT_EQ(AttendanceTable(*utc_zone(), *zone("Europe/London"), calendar).windows(tuesday_noon).size(),
              2U);
    // London's clocks follow New York's three weeks later: 5 hours apart, then 4, then 5 again.
    EXPECT_EQ(AttendanceTable(*zone("Europe/London"), *zone("America/New_York"), calendar)
                  .windows(tuesday_noon)
                  .size(),
              2U);
}

}  // namespace
}  // namespace convene
