#include "core/time/instant.h"

#include <gtest/gtest.h>

namespace convene {
namespace {

TEST(Instant, is_written_and_read_back_through_the_supported_years) {
    const Instant end = std::chrono::sys_days(std::chrono::year(2038) / 1 / 1);
    // A step of 997 minutes meets every minute of the day and every day of the year.
    for (Instant t = std::chrono::sys_days(std::chrono::year(1999) / 12 / 31); t < end; t += Minutes(997)) {
        ASSERT_EQ(parse_instant(to_iso8601(t)), t) << to_iso8601(t);
    }
}

TEST(Instant, only_whole_minutes_in_utc_are_read) {
    EXPECT_TRUE(parse_instant("2025-01-15T15:00:00Z"));
    for (const char* text : {"", "2025-01-15", "2025-01-15T15:00Z", "2025-01-15T15:00:00",
                             "2025-01-15T15:00:01Z", "2025-01-15T24:00:00Z", "2025-02-30T15:00:00Z",
                             "2025-01-15 15:00:00Z", "2025-01-15T15:00:00+00:00", "2025-01-15T15:00:00Zx"}) {
        EXPECT_FALSE(parse_instant(text)) << text;
    }
}

TEST(Date, days_that_no_calendar_has_are_refused) {
    EXPECT_EQ(to_string(*parse_date("2024-02-29")), "2024-02-29");
    for (const char* text : {"2025-02-29", "2025-02-30", "2025-13-01", "2025-00-10", "2025-01-00", "2025-1-1",
                             "20250115", "2025-01-15 ", "+025-01-15", "2025/01/15", "25-01-2015"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
}

}  // namespace
}  // namespace convene
