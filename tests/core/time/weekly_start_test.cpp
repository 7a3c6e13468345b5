#include "core/time/weekly_start.h"

#include <gtest/gtest.h>

namespace convene {
namespace {

TEST(WeeklyStart, every_minute_of_the_week_is_written_and_read_back) {
    for (int minute = 0; minute < kMinutesPerWeek; ++minute) {
        EXPECT_EQ(parse_weekly_start(to_string(WeeklyStart{minute})), WeeklyStart{minute});
    }
}

TEST(WeeklyStart, the_long_forms_of_older_systems_are_read_and_their_end_is_ignored) {
    const WeeklyStart wednesday{2 * kMinutesPerDay + 15 * 60};
    EXPECT_EQ(parse_weekly_start("Wednesday 15:00"), wednesday);
    EXPECT_EQ(parse_weekly_start("Wednesday 15:00-16:00"), wednesday);
    EXPECT_EQ(parse_weekly_start("Wednesday 15:00 - 16:00"), wednesday);
    EXPECT_EQ(parse_weekly_start("Sunday 23:30 - Monday 00:30"), WeeklyStart{6 * kMinutesPerDay + 1410});
    EXPECT_EQ(parse_weekly_start("Sunday 23:00 - 24:00"), WeeklyStart{6 * kMinutesPerDay + 1380});
}

TEST(WeeklyStart, what_is_no_weekly_time_is_not_guessed_at) {
    for (const char* text : {"",
                             "Wednesday",
                             "Wed 15:00",
                             "wednesday 15:00",
                             "Wednesday15:00",
                             "Wednesday 15",
                             "15:00",
                             "Wednesday 24:00",
                             "Wednesday 25:00",
                             "Wednesday 15:60",
                             "Wednesday 15:00x",
                             "Wednesday 15:00 -",
                             "Wednesday 15:00 16:00",
                             "Wednesday 15:00 - Foo 16:00",
                             "Wednesday 15:00 - Monday",
                             "Wednesday 15:00 - Monday16:00",
                             "Wednesday 15:00 UTC",
                             "Wednesday 15:00 - 16:00 - 17:00",
                             "Wednesday -1:00",
                             "Wednesday 15:000"}) {
        EXPECT_FALSE(parse_weekly_start(text)) << text;
    }
}

TEST(ClockText, reads_two_digits_colon_two_digits_up_to_the_end_of_the_day) {
    EXPECT_EQ(parse_clock("00:00"), 0);
    EXPECT_EQ(parse_clock("23:59"), 1439);
    EXPECT_EQ(parse_clock("24:00"), 1440);
    EXPECT_EQ(clock_text(1440), "24:00");
    for (const char* text :
         {"", "9:00", "09:0", "24:01", "25:00", "12:60", "1a:00", "12-00", " 9:00", "09:00 ", "+9:00"}) {
        EXPECT_FALSE(parse_clock(text)) << text;
    }
}

TEST(WeekdayName, exact_spelling_only) {
    for (int day = 0; day < 7; ++day) EXPECT_EQ(weekday_from_name(weekday_name(day)), day);
    for (const char* text : {"", "Tue", "monday", "Monday ", "Mondays"})
        EXPECT_FALSE(weekday_from_name(text)) << text;
}

}  // namespace
}  // namespace convene
