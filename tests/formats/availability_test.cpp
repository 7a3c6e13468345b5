#include "formats/availability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/tiny_cohort.h"
#include "tests/support/weekly_generators.h"

namespace convene {
namespace {

using test::hours;
using testing::ElementsAre;
using testing::HasSubstr;

WeeklySet by_day(const std::string& text) {
    const auto set = parse_availability_json(text);
    EXPECT_TRUE(set) << to_string(set.error().front());
    return set.value_or(WeeklySet());
}

WeeklySet intervals(const std::string& text) {
    const auto set = parse_interval_string(text);
    EXPECT_TRUE(set) << to_string(set.error().front());
    return set.value_or(WeeklySet());
}

TEST(AvailabilityJson, reads_unmerged_slots_of_half_an_hour) {
    EXPECT_EQ(by_day(R"({"Monday":["08:00-08:30","08:30-09:00"],"Wednesday":["15:00-15:30"],"Sunday":[]})"),
              hours("Mon 08:00-09:00, Wed 15:00-15:30"));
}

TEST(AvailabilityJson, pitfall_1_a_slot_until_24_00_is_until_midnight) {
    EXPECT_EQ(by_day(R"({"Monday":["23:30-24:00"]})"), WeeklySet(std::vector{WeeklyWindow(1410, 30)}));
    EXPECT_EQ(by_day(R"({"Sunday":["23:30-24:00"]})"), WeeklySet(std::vector{WeeklyWindow(10050, 30)}));
}

TEST(AvailabilityJson, pitfall_2_an_end_at_midnight_makes_30_minutes_not_six_days) {
    EXPECT_EQ(by_day(R"({"Monday":["23:30-00:00"]})").minutes(), 30);
    EXPECT_EQ(intervals("M23:30 M00:00"), WeeklySet(std::vector{WeeklyWindow(1410, 30)}));
    EXPECT_EQ(intervals("M23:30 T00:00"), intervals("M23:30 M24:00"));
}

TEST(AvailabilityJson, an_end_at_or_before_its_start_is_on_the_next_day) {
    EXPECT_EQ(by_day(R"({"Sunday":["23:00-01:00"]})"), WeeklySet(std::vector{WeeklyWindow(10020, 120)}));
    EXPECT_EQ(by_day(R"({"Monday":["00:00-00:00"]})").minutes(), kMinutesPerDay);
    EXPECT_EQ(by_day(R"({"Monday":["09:00-09:00"]})").minutes(), kMinutesPerDay);
}

TEST(AvailabilityJson, blank_text_and_null_mean_no_hours) {
    for (const char* text : {"", " ", "{}", "null", R"({"Monday":[]})"})
        EXPECT_TRUE(by_day(text).empty()) << text;
}

TEST(AvailabilityJson, all_faults_are_listed_under_the_callers_path) {
    const auto set =
        parse_availability_json(R"({"Tue":["09:00-10:00"],"Monday":["9-10","10:00-11:00"]})", "Ana");
    ASSERT_FALSE(set);
    ASSERT_EQ(set.error().size(), 2U);
    EXPECT_EQ(set.error()[0].path, "Ana.Tue");
    EXPECT_EQ(set.error()[1].path, "Ana.Monday[0]");
    EXPECT_EQ(set.error()[1].value, "\"9-10\"");
}

TEST(AvailabilityJson, pitfall_28_text_that_is_no_availability_is_refused) {
    for (const char* text :
         {"9-10", "[]", "7", "{", R"("M09:00 M10:00")", R"({"Monday":{}})", R"({"Monday":["09:00"]})",
          R"({"Monday":["09:00-10:00x"]})", R"({"Monday":["09:60-10:00"]})", R"({"Monday":["24:00-24:00"]})",
          R"({"Monday":["-09:00-10:00"]})", R"({"Monday":["09:00–10:00"]})", R"({"Monday":[],"Monday":[]})",
          "\xFF"}) {
        EXPECT_FALSE(parse_availability_json(text)) << text;
    }
}

TEST(AvailabilityJson, written_hours_are_cut_at_midnight_and_merged) {
    EXPECT_EQ(to_availability_json(hours("Sun 23:00-01:00, Mon 08:00-08:30, Mon 08:30-09:00")),
              R"({"Monday":["00:00-01:00","08:00-09:00"],"Sunday":["23:00-24:00"]})");
    EXPECT_EQ(to_availability_json(WeeklySet()), "{}");
}

TEST(AvailabilityJson, writing_and_reading_keep_any_set) {
    EXPECT_TRUE(rc::check([] {
        const WeeklySet set = *test::any_weekly_set();
        RC_ASSERT(parse_availability_json(to_availability_json(set)).value() == set);
    }));
}

TEST(IntervalString, reads_what_other_systems_write) {
    EXPECT_EQ(intervals("M09:00 M11:00, W14:00 W16:00"), hours("Mon 09:00-11:00, Wed 14:00-16:00"));
    EXPECT_EQ(intervals("M16:00 M18:00, W20:00 R08:00"), hours("Mon 16:00-18:00, Wed 20:00-08:00"));
    EXPECT_EQ(intervals("U23:00 M00:00"), hours("Sun 23:00-24:00"));
    EXPECT_EQ(intervals("U23:00 M01:00"), hours("Sun 23:00-01:00"));
    EXPECT_EQ(intervals("M00:00 M00:00"), hours("always"));
    EXPECT_EQ(intervals("F10:00 F10:00"), hours("always"));
    EXPECT_EQ(intervals("R08:00 W20:00").minutes(), 6 * kMinutesPerDay + 12 * 60);
    EXPECT_TRUE(intervals("").empty());
    EXPECT_EQ(intervals("M09:00 M10:00,T14:00 T15:00"), intervals(" M09:00 M10:00 , T14:00  T15:00 "));
}

TEST(IntervalString, pitfall_3_hours_in_one_piece_or_cut_at_the_weeks_end_are_the_same) {
    EXPECT_EQ(intervals("U23:00 M01:00"), intervals("U23:00 M00:00, M00:00 M01:00"));
}

TEST(IntervalString, every_fault_is_listed_by_its_place) {
    const auto set =
        parse_interval_string("M09:00 M10:00, X09:00 M10:00, M9:00 M10:00, M24:00 T01:00", "Ana");
    ASSERT_FALSE(set);
    std::vector<std::string> paths;
    for (const InputFault& fault : set.error()) paths.push_back(fault.path);
    EXPECT_THAT(paths, ElementsAre("Ana[1]", "Ana[2]", "Ana[3]"));
    EXPECT_THAT(to_string(set.error()[0]), HasSubstr("\"X09:00 M10:00\" is not an interval"));
}

TEST(IntervalString, nonsense_is_refused) {
    for (const char* text :
         {"x", "M", "M09:00", "M09:00M10:00", "M09:00-M10:00", "M09:00 M10:00;", ",", "m09:00 m10:00",
          R"({"Monday":[]})", "M09:00 M25:00", "\xFF\xFE", "M09:00 M10:00 M11:00"}) {
        EXPECT_FALSE(parse_interval_string(text)) << text;
    }
}

TEST(IntervalString, written_hours_are_cut_at_the_weeks_end) {
    EXPECT_EQ(to_interval_string(hours("Mon 09:00-10:00, Sun 23:00-01:00")),
              "M09:00 M10:00, U23:00 M00:00, M00:00 M01:00");
    EXPECT_EQ(to_interval_string(hours("always")), "M00:00 M00:00");
    EXPECT_EQ(to_interval_string(WeeklySet()), "");
}

TEST(IntervalString, monday_morning_to_the_weeks_end_is_not_mistaken_for_mondays_midnight) {
    const WeeklySet nearly_all(std::vector{WeeklyWindow(600, kMinutesPerWeek - 600)});
    EXPECT_EQ(to_interval_string(nearly_all), "M10:00 T00:00, T00:00 M00:00");
    EXPECT_EQ(intervals(to_interval_string(nearly_all)), nearly_all);
}

TEST(IntervalString, writing_and_reading_keep_any_set) {
    EXPECT_TRUE(rc::check([] {
        const WeeklySet set = *test::any_weekly_set();
        RC_ASSERT(parse_interval_string(to_interval_string(set)).value() == set);
    }));
}

}  // namespace
}  // namespace convene
