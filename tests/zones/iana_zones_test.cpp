#include "zones/iana_zones.h"

#include <gtest/gtest.h>

#include <thread>

namespace convene::zones {
namespace {

TEST(IanaZones, pitfall_9_offsets_are_marked_fixed_and_unknown_text_is_no_zone) {
    const IanaZones zones;
    for (const char* text : {"UTC+01:00", "GMT+5:30", "UTC00:00", "UTC-5", "EST", "GMT", "Etc/GMT+5"}) {
        const ZonePtr zone = zones.find(text);
        ASSERT_TRUE(zone) << text;
        EXPECT_TRUE(zone->fixed()) << text;
    }
    for (const char* text : {"",
                             " ",
                             "Factory",
                             "America/New_Yorck",
                             "america/new_york",
                             "localtime",
                             "posixrules",
                             "leapseconds",
                             "posix/Europe/London",
                             "UTC+15",
                             "UTC-12:01",
                             "UTC+1:7",
                             "UTC+",
                             "+05:30",
                             "../../etc/passwd",
                             "Europe",
                             "iso3166.tab",
                             "EDT",
                             "BST",
                             "UTC+01:00 "}) {
        EXPECT_FALSE(zones.find(text)) << text;
    }
}

TEST(IanaZones, one_spelling_for_each_offset) {
    const IanaZones zones;
    EXPECT_EQ(zones.find("GMT+5:30")->name(), "UTC+05:30");
    EXPECT_EQ(zones.find("UTC +0530")->name(), "UTC+05:30");
    EXPECT_EQ(zones.find("UTC00:00")->name(), "UTC+00:00");
    EXPECT_EQ(zones.find("UTC-09:30")->offset_at(Instant{}), Minutes(-570));
}

TEST(IanaZones, places_are_not_fixed_even_when_their_clocks_never_change) {
    const IanaZones zones;
    for (const char* text : {"America/New_York", "America/Phoenix", "Asia/Kolkata", "US/Eastern", "UTC"}) {
        ASSERT_TRUE(zones.find(text)) << text;
        EXPECT_FALSE(zones.find(text)->fixed()) << text;
        EXPECT_EQ(zones.find(text)->name(), text);
    }
}

TEST(IanaZones, new_york_changes_its_clocks_twice_in_2025) {
    const auto zone = IanaZones().find("America/New_York");
    const auto year = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);
    const auto changes = zone->changes_between(year, year + std::chrono::days(365));
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(to_iso8601(changes[0].at), "2025-03-09T07:00:00Z");
    EXPECT_EQ(changes[0].offset, Minutes(-240));
    EXPECT_EQ(to_iso8601(changes[1].at), "2025-11-02T06:00:00Z");
    EXPECT_EQ(changes[1].offset, Minutes(-300));
}

TEST(IanaZones, clocks_still_change_in_2037) {
    const auto zone = IanaZones().find("Europe/London");
    const auto summer = std::chrono::sys_days(std::chrono::year(2037) / 7 / 1);
    EXPECT_EQ(zone->offset_at(summer), Minutes(60));
}

TEST(IanaZones, each_zone_is_read_once_and_shared_between_threads) {
    const IanaZones zones;
    const auto names = zones.names();
    ASSERT_GT(names.size(), 400U);
    std::vector<std::vector<ZonePtr>> found(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : found) {
            threads.emplace_back([&] {
                for (const auto& name : names) mine.push_back(zones.find(name));
            });
        }
    }
    for (const auto& mine : found) EXPECT_EQ(mine, found.front());
    for (std::size_t i = 0; i < names.size(); ++i) EXPECT_TRUE(found.front()[i]) << names[i];
}

}  // namespace
}  // namespace convene::zones
