#include "core/time/fixed_offset.h"

#include <gtest/gtest.h>

namespace convene {
namespace {

TEST(FixedOffset, reads_the_spellings_of_forms_and_people) {
    EXPECT_EQ(parse_fixed_offset("UTC+05:45"), Minutes(345));
    EXPECT_EQ(parse_fixed_offset("UTC-09:30"), Minutes(-570));
    EXPECT_EQ(parse_fixed_offset("UTC-5"), Minutes(-300));
    EXPECT_EQ(parse_fixed_offset("GMT+5:30"), Minutes(330));
    EXPECT_EQ(parse_fixed_offset("GMT +0530"), Minutes(330));
    EXPECT_EQ(parse_fixed_offset("UTC00:00"), Minutes(0));
    EXPECT_EQ(parse_fixed_offset("UTC+14:00"), Minutes(840));
    EXPECT_EQ(parse_fixed_offset("UTC-12"), Minutes(-720));
}

TEST(FixedOffset, what_is_no_offset_is_not_guessed_at) {
    for (const char* text :
         {"",          "UTC",       "GMT",     "UTC+",      "UTC5",      "UTC05:00", "+05:00",
          "UTC+14:01", "UTC-12:01", "UTC+5:3", "UTC+5:300", "UTC+05:60", "UTC+005",  "UTC+1234567",
          "utc+1",     "UTC+1 ",    "UTC  +1", "UTC+-1",    "UTC+1.5",   "EST-5"}) {
        EXPECT_FALSE(parse_fixed_offset(text)) << text;
    }
}

TEST(FixedOffset, has_one_spelling_that_reads_back) {
    for (int minutes = -720; minutes <= 840; ++minutes) {
        EXPECT_EQ(parse_fixed_offset(fixed_offset_name(Minutes(minutes))), Minutes(minutes));
    }
    EXPECT_EQ(fixed_offset_name(Minutes(-30)), "UTC-00:30");
}

}  // namespace
}  // namespace convene
