#include "core/time/zone.h"

#include <date/tz.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "core/time/weekly_window.h"
#include "tests/support/tiny_cohort.h"

namespace convene {
namespace {

using test::instant;
using test::zone;

LocalTime local(const char* text) {
    return LocalTime(instant(text).time_since_epoch());
}

Instant by_library(const date::time_zone& zone, LocalTime local_time) {
    const date::local_seconds wanted(local_time.time_since_epoch());
    const auto info = zone.get_info(wanted);
    // Of two readings the first; in a gap the offset before it, which moves the time on by the gap.
    return std::chrono::floor<Minutes>(std::chrono::sys_seconds(wanted.time_since_epoch()) -
                                       info.first.offset);
}

TEST(Zone, agrees_with_the_date_library_in_every_half_hour_around_every_clock_change) {
    for (const char* name :
         {"America/New_York", "Europe/London", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Tehran",
          "Africa/Casablanca", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu", "America/Caracas",
          "Africa/Cairo", "Asia/Beirut", "Pacific/Kiritimati", "UTC"}) {
        const auto& reference = *date::locate_zone(name);
        const ZonePtr ours = zone(name);
        for (const auto& change :
             ours->changes_between(instant("2000-01-03T00:00:00Z"), instant("2037-12-28T00:00:00Z"))) {
            for (int half_hours = -100; half_hours <= 100; ++half_hours) {
                const Instant t = change.at + Minutes(30 * half_hours + (half_hours % 3));
                const auto info = reference.get_info(std::chrono::sys_seconds(t));
                ASSERT_EQ(std::chrono::seconds(ours->offset_at(t)), info.offset)
                    << name << ' ' << to_iso8601(t);
                const LocalTime wall = LocalTime(t.time_since_epoch()) + change.offset;
                ASSERT_EQ(ours->to_instant(wall), by_library(reference, wall))
                    << name << ' ' << to_iso8601(t);
            }
        }
    }
}

TEST(Zone, pitfall_10_a_time_that_the_clocks_skip_is_moved_forward_by_the_gap) {
    EXPECT_EQ(to_iso8601(zone("America/New_York")->to_instant(local("2025-03-09T02:30:00Z"))),
              "2025-03-09T07:30:00Z");
    // 07:30Z is 03:30 on the new clock: 02:30 and one hour.
    EXPECT_EQ(zone("America/New_York")->to_local(instant("2025-03-09T07:30:00Z")),
              local("2025-03-09T03:30:00Z"));
    // Half an hour in Lord Howe: 02:15 becomes 02:45.
    EXPECT_EQ(zone("Australia/Lord_Howe")
                  ->to_local(zone("Australia/Lord_Howe")->to_instant(local("2025-10-05T02:15:00Z"))),
              local("2025-10-05T02:45:00Z"));
}

TEST(Zone, pitfall_10_of_a_time_that_occurs_twice_the_first_is_meant) {
    EXPECT_EQ(to_iso8601(zone("America/New_York")->to_instant(local("2025-11-02T01:30:00Z"))),
              "2025-11-02T05:30:00Z");
    EXPECT_EQ(zone("America/New_York")->to_local(instant("2025-11-02T06:30:00Z")),
              local("2025-11-02T01:30:00Z"));
}

TEST(Zone, a_day_that_a_place_skipped_is_moved_forward_by_a_day) {
    // Samoa went from 29 to 31 December 2011.
    const ZonePtr apia = zone("Pacific/Apia");
    EXPECT_EQ(apia->to_local(apia->to_instant(local("2011-12-30T10:00:00Z"))), local("2011-12-31T10:00:00Z"));
}

TEST(Zone, changes_close_together_are_all_followed) {
    const Zone jumpy(
        "Jumpy", Minutes(0),
        {{instant("2025-01-01T10:00:00Z"), Minutes(60)}, {instant("2025-01-01T10:30:00Z"), Minutes(0)}});
    EXPECT_EQ(to_iso8601(jumpy.to_instant(local("2025-01-01T09:59:00Z"))), "2025-01-01T09:59:00Z");
    // Clocks show 09:59, then 11:00 to 11:29, then 10:30: no 10:15, which moves on by the gap of an hour.
    EXPECT_EQ(jumpy.to_local(jumpy.to_instant(local("2025-01-01T10:15:00Z"))), local("2025-01-01T11:15:00Z"));
    EXPECT_EQ(to_iso8601(jumpy.to_instant(local("2025-01-01T12:00:00Z"))), "2025-01-01T12:00:00Z");
}

TEST(Zone, impossible_descriptions_are_refused) {
    const Instant t = instant("2025-01-01T10:00:00Z");
    EXPECT_THROW(Zone("", Minutes(0), {}), std::invalid_argument);
    EXPECT_THROW(Zone("X", std::chrono::hours(26), {}), std::invalid_argument);
    EXPECT_THROW(Zone("X", Minutes(0), {{t, std::chrono::hours(-30)}}), std::invalid_argument);
    EXPECT_THROW(Zone("X", Minutes(0), {{t, Minutes(60)}, {t, Minutes(0)}}), std::invalid_argument);
}

TEST(MinuteOfWeek, counts_from_monday_on_either_side_of_1970) {
    EXPECT_EQ(minute_of_week(local("2025-01-13T00:00:00Z")), 0);
    EXPECT_EQ(minute_of_week(local("2025-01-12T23:59:00Z")), kMinutesPerWeek - 1);
    EXPECT_EQ(minute_of_week(LocalTime(Minutes(0))), 3 * kMinutesPerDay);  // a Thursday
    EXPECT_EQ(minute_of_week(LocalTime(Minutes(-3 * kMinutesPerDay - 1))), kMinutesPerWeek - 1);
}

}  // namespace
}  // namespace convene
