#include <gtest/gtest.h>

#include "sandbox/server/channel_name.h"
#include "sandbox/server/snowflake.h"

namespace convene::sandbox {
namespace {

TEST(Instant, is_written_with_a_colon_offset_and_six_decimals_only_when_needed) {
    EXPECT_EQ(to_iso(from_millis(1'736'953'200'000)), "2025-01-15T15:00:00+00:00");
    EXPECT_EQ(to_iso(from_millis(1'736'953'200'007)), "2025-01-15T15:00:00.007000+00:00");
}

TEST(Instant, reads_any_offset_as_the_same_moment) {
    for (const char* text : {"2025-01-15T15:00:00Z", "2025-01-15T15:00Z", "2025-01-15T20:45:00+05:45",
                             "2025-01-15T07:00:00-08:00", "2025-01-15T15:00:00.000+00:00"}) {
        ASSERT_TRUE(parse_iso(text)) << text;
        EXPECT_EQ(to_millis(*parse_iso(text)), 1'736'953'200'000) << text;
    }
}

TEST(Instant, refuses_what_is_no_full_time) {
    for (const char* text :
         {"", "2025-01-15", "2025-01-15T15:00:00", "2025-02-30T15:00:00Z", "2025-01-15T24:00:00Z",
          "2025-01-15T15:00:00+0545", "2025-01-15T15:00:00Z ", "next Tuesday"}) {
        EXPECT_FALSE(parse_iso(text)) << text;
    }
}

TEST(Snowflake, carries_its_time) {
    SnowflakeMaker maker;
    const Instant now = from_millis(1'736'953'200'123);
    const Snowflake id = maker.next(now);
    EXPECT_EQ(made_at(id), now);
    EXPECT_GT(id, first_id_at(now));
}

TEST(Snowflake, rises_within_one_millisecond_and_when_the_clock_runs_back) {
    SnowflakeMaker maker;
    const Instant now = from_millis(1'736'953'200'000);
    Snowflake last = maker.next(now);
    for (int i = 0; i < 10'000; ++i) {
        const Snowflake next = maker.next(i % 2 == 0 ? now : now - std::chrono::hours(1));
        ASSERT_GT(next, last);
        last = next;
    }
}

TEST(Snowflake, rises_over_a_restart) {
    SnowflakeMaker first, second;
    const Instant now = from_millis(1'736'953'200'000);
    const Snowflake last = first.next(now);
    second.resume_after(last);
    EXPECT_GT(second.next(now), last);
}

TEST(Snowflake, is_a_decimal_number_that_is_not_zero) {
    EXPECT_EQ(parse_snowflake("123456789012345678"), 123456789012345678ULL);
    for (const char* text : {"", "0", "-1", "12x", "1e5", "99999999999999999999999"}) {
        EXPECT_FALSE(parse_snowflake(text)) << text;
    }
}

TEST(TextChannelName, takes_the_form_in_which_it_is_kept) {
    EXPECT_EQ(text_channel_name("Group 01", true), "group-01");
    EXPECT_EQ(text_channel_name("  A --  B ", true), "a-b");
    EXPECT_EQ(text_channel_name("General (January 2026)", true), "general-january-2026");
    EXPECT_EQ(text_channel_name("General (January 2026)", false), "general-(january-2026)");
    EXPECT_EQ(text_channel_name("GRÜPPE Ω Я", true), "grüppe-ω-я");
    EXPECT_EQ(text_channel_name("snake_case", true), "snake_case");
    EXPECT_EQ(text_channel_name("!!!", true), "");
}

TEST(TextChannelName, keeping_the_kept_form_changes_nothing) {
    for (const char* name : {"Group 01", "AI Safety - Jan 2025", "-x-", "ÄÖÜ & co."}) {
        const std::string kept = text_channel_name(name, true);
        EXPECT_EQ(text_channel_name(kept, true), kept) << name;
    }
}

}  // namespace
}  // namespace convene::sandbox
