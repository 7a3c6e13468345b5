#include "app/welcome_mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

GroupWelcomeData some_data() {
    GroupWelcomeData data;
    data.group_name = "Group 1";
    data.cohort_name = "Spring";
    data.meeting_time_utc = {"Wednesday", 15, 0};
    data.first_meeting_date = Date{std::chrono::year{2025}, std::chrono::month{3}, std::chrono::day{26}};
    data.number_of_meetings = 2;
    data.meeting_minutes = 90;
    data.meetings = {instant("2025-03-26T15:00:00Z"), instant("2025-04-02T15:00:00Z")};
    data.members = {{"Alice", "123456", Role::facilitator, "Europe/London"},
                    {"Bob", std::nullopt, Role::participant, ""}};
    return data;
}

TEST(WelcomeMail, tells_everybody_their_own_time_over_a_clock_change_and_every_date) {
    const WelcomeMail mail = format_welcome_mail(some_data(), zone_table());
    EXPECT_EQ(mail.subject, "Welcome to Group 1 of Spring");
    EXPECT_THAT(mail.body, HasSubstr("Wednesday, 2025-03-26 15:00 UTC"));
    EXPECT_THAT(mail.body,
                HasSubstr("- Alice, facilitator: Wednesday 15:00, from 2 April 16:00 (Europe/London)\n"));
    EXPECT_THAT(mail.body, HasSubstr("- Bob: time zone unknown\n"));
    EXPECT_THAT(mail.body, HasSubstr("2. Wednesday, 2025-04-02 15:00 UTC\n"));
    EXPECT_THAT(mail.body, HasSubstr("90 minutes"));
}

TEST(WelcomeMail, a_name_can_neither_begin_a_line_nor_a_header) {
    GroupWelcomeData data = some_data();
    data.group_name = "G\nBcc: everybody@example.org";
    data.members[0].name = "Eve\n- Mallory";
    const WelcomeMail mail = format_welcome_mail(data, zone_table());
    EXPECT_THAT(mail.subject, Not(HasSubstr("\n")));
    EXPECT_THAT(mail.body, Not(HasSubstr("\n- Mallory")));
}

TEST(WelcomeMail, the_data_has_the_structure_of_the_specification) {
    const auto json = to_json(some_data());
    EXPECT_EQ(json.at("meeting_time_utc"),
              (nlohmann::ordered_json{{"day", "Wednesday"}, {"hour", 15}, {"minute", 0}}));
    EXPECT_EQ(json.at("first_meeting_date"), "2025-03-26");
    EXPECT_TRUE(json.at("first_event_url").is_null());
    EXPECT_EQ(json.at("members").at(0).at("role"), "facilitator");
    EXPECT_EQ(json.at("members").at(0).at("discord_id"), "123456");
    EXPECT_TRUE(json.at("members").at(1).at("discord_id").is_null());
}

}  // namespace
}  // namespace convene::test
