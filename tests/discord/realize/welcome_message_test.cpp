#include "discord/realize/welcome_message.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/local_times.h"
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

const std::string kMarker = "ref:0123456789bcdfgh";

std::vector<NewMessage> all_of(const GroupWelcomeData& data) {
    std::vector<NewMessage> messages;
    for (const MessagePart& part : divide_welcome(data, zones()))
        messages.push_back(format_welcome(data, part, zones(), kMarker));
    return messages;
}

TEST(Welcome, shows_members_with_their_own_time_dates_and_the_first_event) {
    const NewMessage message = all_of(data_of(2, 2)).at(0);
    EXPECT_NE(message.content.find("Welcome to Group 1 of AI Safety - Jan 2025!"), std::string::npos);
    EXPECT_NE(message.content.find(
                  "<@123456789012345000> **Person 0**, facilitator: Wednesday 10:00, from 11 March "
                  "11:00 (America/New_York)"),
              std::string::npos)
        << message.content;
    EXPECT_NE(message.content.find("<t:1772636400:F>"), std::string::npos);
    EXPECT_NE(message.content.find("https://discord.com/events/1/2"), std::string::npos);
    EXPECT_NE(message.content.find("[" + kMarker + "]"), std::string::npos);
    EXPECT_EQ(message.mentions, (std::vector<std::string>{"123456789012345000", "123456789012345001"}));
    EXPECT_TRUE(message.embeds.empty());
}

TEST(Welcome, pitfall_50_any_number_of_members_and_meetings_stays_within_discords_limits) {
    for (const int members : {0, 1, 8, 30, 99, 250}) {
        for (const int meetings : {0, 1, 52, 520}) {
            for (const NewMessage& message : all_of(data_of(members, meetings))) {
                EXPECT_LE(discord_length(message.content), 2000U);
                EXPECT_NE(message.content.find("[" + kMarker + "]"), std::string::npos);
                EXPECT_LE(message.mentions.size(), 100U);
            }
        }
    }
}

TEST(Welcome, names_as_long_and_as_full_of_markdown_as_can_be_stay_within_the_limits) {
    GroupWelcomeData data = data_of(30, 8);
    for (WelcomeMember& member : data.members) member.name = std::string(500, '*');
    data.group_name = std::string(500, '_');
    data.cohort_name = std::string(500, '|');
    for (const NewMessage& message : all_of(data)) EXPECT_LE(discord_length(message.content), 2000U);
    const std::vector<WelcomeMember> newcomers(data.members.begin(), data.members.begin() + kNewcomersAtOnce);
    const NewMessage notice = format_newcomers(data, newcomers, kMarker);
    EXPECT_LE(discord_length(notice.content), 2000U);
    EXPECT_EQ(notice.content.find("more"), std::string::npos) << "nobody is left out";
}

TEST(Welcome, thirty_members_and_all_meetings_are_told_of_in_exactly_one_of_its_messages) {
    const auto messages = all_of(data_of(30, 60));
    EXPECT_GT(messages.size(), 1U);
    EXPECT_NE(messages[0].content.find("Welcome to Group 1"), std::string::npos);
    EXPECT_EQ(messages[1].content.find("Welcome to Group 1"), std::string::npos);
    std::string all;
    std::vector<std::string> mentions;
    for (const NewMessage& message : messages) {
        all += message.content;
        mentions.insert(mentions.end(), message.mentions.begin(), message.mentions.end());
    }
    EXPECT_EQ(mentions.size(), 30U);
    for (int i = 0; i < 30; ++i) {
        const std::string line = fmt::format("<@{}> **Person {}**", 123456789012345000LL + i, i);
        const std::size_t at = all.find(line);
        ASSERT_NE(at, std::string::npos) << line;
        EXPECT_EQ(all.find(line, at + 1), std::string::npos) << line;
    }
    for (int i = 1; i <= 60; ++i) EXPECT_NE(all.find(fmt::format("\n{}\\. <t:", i)), std::string::npos) << i;
}

TEST(Welcome, a_usual_group_gets_one_message) {
    EXPECT_EQ(all_of(data_of(9, 8)).size(), 1U);
}

TEST(Welcome, names_neither_mention_nor_format_nor_link) {
    GroupWelcomeData data = data_of(1, 1);
    data.members[0].name = "@everyone <@1> **x** [a](https://evil.example)\n# big";
    const std::string content = all_of(data).at(0).content;
    EXPECT_EQ(content.find("@everyone"), std::string::npos);
    EXPECT_EQ(content.find("**x**"), std::string::npos);
    EXPECT_EQ(content.find("https://evil"), std::string::npos);
    EXPECT_EQ(content.find("\n# big"), std::string::npos);
    EXPECT_EQ(content.find(" <@1>"), std::string::npos);
}

TEST(Welcome, unknown_zone_is_said_and_never_taken_for_utc) {
    GroupWelcomeData data = data_of(1, 1);
    data.members[0].timezone = "Mars/Olympus";
    EXPECT_NE(all_of(data).at(0).content.find("time zone unknown"), std::string::npos);
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
