#include "core/time/weekly_window.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace convene {
namespace {

TEST(WeeklyWindow, window_over_sunday_midnight_contains_monday_0030) {
    const WeeklyWindow window(10020, 120);  // Sunday 23:00 to Monday 01:00
    EXPECT_TRUE(window.contains(WeeklyWindow(30, 30)));
    EXPECT_FALSE(window.contains(WeeklyWindow(30, 31)));
    EXPECT_FALSE(window.contains(WeeklyWindow(10019, 2)));
}

TEST(WeeklyWindow, the_whole_week_contains_every_window_wherever_it_starts) {
    EXPECT_TRUE(WeeklyWindow(600, kMinutesPerWeek).contains(WeeklyWindow(599, 2)));
    EXPECT_TRUE(WeeklyWindow(600, kMinutesPerWeek).contains(WeeklyWindow(0, kMinutesPerWeek)));
    EXPECT_FALSE(WeeklyWindow(600, kMinutesPerWeek - 1).contains(WeeklyWindow(599, 1)));
}

TEST(WeeklyWindow, starts_outside_the_week_and_impossible_lengths_are_refused) {
    EXPECT_THROW(WeeklyWindow(-1, 10), std::invalid_argument);
    EXPECT_THROW(WeeklyWindow(kMinutesPerWeek, 10), std::invalid_argument);
    EXPECT_THROW(WeeklyWindow(0, 0), std::invalid_argument);
    EXPECT_THROW(WeeklyWindow(0, kMinutesPerWeek + 1), std::invalid_argument);
    EXPECT_NO_THROW(WeeklyWindow(kMinutesPerWeek - 1, kMinutesPerWeek));
}

}  // namespace
}  // namespace convene
