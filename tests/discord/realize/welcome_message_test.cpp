#include "discord/realize/welcome_message.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "discord/realize/text.h"
#include "zones/iana_zones.h"

namespace convene::discord {
namespace {

const ZoneTable& zones() {
    static const zones::IanaZones table;
    return table;
}

Instant at(int year, unsigned month, unsigned day, int hour) {
    return std::chrono::sys_days{
               Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}} +
           std::chrono::hours(hour);
}

GroupWelcomeData data_of(int members, int meetings) {
    GroupWelcomeData data;
    data.group_name = "Group 1";
    data.cohort_name = "AI Safety - Jan 2025";
    data.number_of_meetings = meetings;
    for (int i = 0; i < meetings; ++i) data.meetings.push_back(at(2026, 3, 4, 15) + std::chrono::days(7 * i));
    for (int i = 0; i < members; ++i) {
        data.members.push_back({fmt::format("Person {}", i), fmt::format("{}", 123456789012345000LL + i),
                                i == 0 ? Role::facilitator : Role::participant, "America/New_York"});
    }
    data.first_event_url = "https://discord.com/events/1/2";
    return data;
}

TEST(Welcome, shows_members_with_their_own_time_dates_and_the_first_event) {
    const NewMessage message = format_welcome(data_of(2, 2), zones(), "ref:abc");
    EXPECT_NE(message.content.find("Welcome to Group 1 of AI Safety - Jan 2025!"), std::string::npos);
    EXPECT_NE(message.content.find(
                  "<@123456789012345000> **Person 0**, facilitator: Wednesday 10:00, from 11 March "
                  "11:00 (America/New_York)"),
              std::string::npos)
        << message.content;
    EXPECT_NE(message.content.find("<t:1772636400:F>"), std::string::npos);
    EXPECT_NE(message.content.find("https://discord.com/events/1/2"), std::string::npos);
    EXPECT_NE(message.content.find("[ref:abc]"), std::string::npos);
    EXPECT_EQ(message.mentions, (std::vector<std::string>{"123456789012345000", "123456789012345001"}));
    EXPECT_TRUE(message.embeds.empty());
}

TEST(Welcome, pitfall_50_any_number_of_members_and_meetings_stays_within_discords_limits) {
    for (const int members : {1, 8, 30, 99, 250}) {
        for (const int meetings : {0, 1, 52, 520}) {
            const NewMessage message = format_welcome(data_of(members, meetings), zones(), "ref:abc");
            EXPECT_LE(discord_length(message.content), 2000U);
            EXPECT_NE(message.content.find("[ref:abc]"), std::string::npos);
            std::size_t all = 0;
            for (const Embed& embed : message.embeds) {
                EXPECT_LE(discord_length(embed.description), 4096U);
                EXPECT_FALSE(embed.description.empty());
                all += discord_length(embed.title) + discord_length(embed.description);
            }
            EXPECT_LE(all, 6000U);
            EXPECT_LE(message.mentions.size(), 100U);
        }
    }
}

TEST(Welcome, thirty_members_are_all_mentioned_and_all_described) {
    const NewMessage message = format_welcome(data_of(30, 8), zones(), "ref:abc");
    for (int i = 0; i < 30; ++i) {
        EXPECT_NE(message.content.find(fmt::format("<@{}>", 123456789012345000LL + i)), std::string::npos);
        EXPECT_NE(message.embeds.at(0).description.find(fmt::format("**Person {}**", i)), std::string::npos);
    }
}

TEST(Welcome, names_neither_mention_nor_format_nor_link) {
    GroupWelcomeData data = data_of(1, 1);
    data.members[0].name = "@everyone <@1> **x** [a](https://evil.example)\n# big";
    const std::string content = format_welcome(data, zones(), "ref:abc").content;
    EXPECT_EQ(content.find("@everyone"), std::string::npos);
    EXPECT_EQ(content.find("**x**"), std::string::npos);
    EXPECT_EQ(content.find("https://evil"), std::string::npos);
    EXPECT_EQ(content.find("\n# big"), std::string::npos);
    EXPECT_EQ(content.find(" <@1>"), std::string::npos);
}

TEST(Welcome, unknown_zone_is_said_and_never_taken_for_utc) {
    GroupWelcomeData data = data_of(1, 1);
    data.members[0].timezone = "Mars/Olympus";
    EXPECT_NE(format_welcome(data, zones(), "m").content.find("time zone unknown"), std::string::npos);
}

TEST(LocalTimes, half_hour_zone_and_other_weekday) {
    EXPECT_EQ(local_times({at(2026, 3, 4, 20)}, "Asia/Kathmandu", zones()), "Thursday 01:45");
}

TEST(Text, length_counts_as_discord_does_and_cuts_between_characters) {
    EXPECT_EQ(discord_length("aé😀"), 4U);
    EXPECT_EQ(shortened("😀😀😀", 5), "😀😀…");
    EXPECT_EQ(shortened("abc", 3), "abc");
    EXPECT_EQ(one_line(" a\n\tb  "), "a b");
    EXPECT_EQ(text_channel_name("General (January 2026)"), "general-january-2026");
    EXPECT_EQ(text_channel_name("--!!--"), "");
}

}  // namespace
}  // namespace convene::discord
