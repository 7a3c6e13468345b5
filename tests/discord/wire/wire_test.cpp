#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/failure.h"
#include "discord/wire/guild_permissions.h"
#include "discord/wire/json.h"
#include "discord/wire/message_json.h"
#include "discord/wire/snowflake.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;

TEST(Wire, permission_strings_keep_all_64_bits) {
    const Channel channel =
        read_channel(R"({"id":"1","type":2,"name":"v","parent_id":null,"topic":null,"new_field":[],
        "permission_overwrites":[{"id":"9","type":1,"allow":"18446744073709551615","deny":"17592186044416"}]})");
    ASSERT_EQ(channel.overwrites.size(), 1U);
    EXPECT_EQ(channel.overwrites[0].allow, ~Permissions{0});
    EXPECT_EQ(channel.overwrites[0].deny, permission::kCreateEvents);
    EXPECT_FALSE(channel.parent_id);
    EXPECT_EQ(Json::parse(write_overwrite(channel.overwrites[0])).at("allow"), "18446744073709551615");
}

TEST(Wire, channel_that_is_shown_to_one_who_may_not_view_it_is_told_apart) {
    const auto flags = [](int value) {
        return fmt::format(R"({{"id":"1","type":0,"name":"___hidden___","flags":{}}})", value);
    };
    EXPECT_TRUE(read_channel(flags(1 << 17)).obfuscated);
    EXPECT_FALSE(read_channel(flags(1 << 4)).obfuscated);
    EXPECT_FALSE(read_channel(R"({"id":"1","type":0,"name":"___hidden___"})").obfuscated);
}

TEST(Wire, answers_without_what_is_relied_on_are_failures) {
    for (const char* text : {"", "<html>", "[]", "{}", R"({"id":null})", R"({"id":[]})"}) {
        EXPECT_THROW((void)read_channel(text), DiscordFailure) << text;
    }
    EXPECT_THROW((void)read_channels("{}"), DiscordFailure);
    EXPECT_THROW((void)read_event(R"({"id":"1","scheduled_start_time":"soon"})"), DiscordFailure);
}

TEST(Wire, message_always_says_whom_it_may_mention) {
    const Json json = Json::parse(write_message({"hi", {}, {"5"}, "ref:1"}));
    EXPECT_EQ(json.at("allowed_mentions"), Json::parse(R"({"parse":[],"users":["5"]})"));
    EXPECT_EQ(json.at("enforce_nonce"), true);
    EXPECT_EQ(Json::parse(write_message({"hi", {}, {}, ""})).at("allowed_mentions"),
              Json::parse(R"({"parse":[],"users":[]})"));
}

TEST(Wire, timestamps_of_every_form_are_read) {
    const auto expected = parse_timestamp("2026-10-07T15:00:00Z");
    ASSERT_TRUE(expected);
    EXPECT_EQ(to_iso8601(*expected), "2026-10-07T15:00:00Z");
    EXPECT_EQ(parse_timestamp("2026-10-07T15:00:00+00:00"), expected);
    EXPECT_EQ(parse_timestamp("2026-10-07T15:00:00.123000+00:00"), expected);
    EXPECT_EQ(parse_timestamp("2026-10-07T20:45:00+05:45"), expected);
    EXPECT_FALSE(parse_timestamp("2026-13-07T15:00:00Z"));
    EXPECT_FALSE(parse_timestamp("2026-10-07T15:00:00"));
    EXPECT_EQ(parse_http_date("Wed, 07 Oct 2026 15:00:59 GMT"), expected);
    EXPECT_FALSE(parse_http_date("yesterday"));
}

TEST(Wire, snowflakes_tell_their_time) {
    // The example of Discord's documentation: 2016-04-30 11:18:25 UTC.
    EXPECT_EQ(to_iso8601(made_at("175928847299117063").value()), "2016-04-30T11:18:00Z");
    EXPECT_TRUE(older("9", "10"));
    EXPECT_FALSE(is_snowflake("12a"));
    EXPECT_FALSE(is_snowflake(""));
    EXPECT_FALSE(is_snowflake("99999999999999999999999"));
}

TEST(GuildPermissions, deny_for_everyone_takes_away_what_the_bots_role_gave) {
    const Guild guild{"1", "g", "5", {{"1", "@everyone", 0}, {"7", "bot", permission::kViewChannel}}};
    const Member bot{"2", {"7"}};
    Channel hidden{
        "8", ChannelType::text, "x", {}, "", {{"1", Overwrite::Type::role, 0, permission::kViewChannel}}};
    EXPECT_EQ(channel_permissions(guild, bot, hidden), 0U);
    hidden.overwrites.push_back({"2", Overwrite::Type::member, permission::kViewChannel, 0});
    EXPECT_EQ(channel_permissions(guild, bot, hidden), permission::kViewChannel);
}

TEST(GuildPermissions, owner_and_administrators_may_everything) {
    const Guild guild{"1", "g", "5", {{"1", "@everyone", 0}, {"7", "admin", permission::kAdministrator}}};
    EXPECT_EQ(guild_permissions(guild, {"5", {}}), kAllPermissions);
    EXPECT_EQ(guild_permissions(guild, {"6", {"7"}}), kAllPermissions);
    EXPECT_EQ(guild_permissions(guild, {"6", {}}), 0U);
}

}  // namespace
}  // namespace convene::discord
