#include "discord/bot/account.h"

#include <gtest/gtest.h>

#include "app/failure.h"
#include "discord/bot/bot.h"
#include "tests/discord/support/scripted_transport.h"

namespace convene::discord {
namespace {

struct Account : testing::Test {
    std::shared_ptr<test::ScriptedTransport> transport = std::make_shared<test::ScriptedTransport>();
    std::shared_ptr<RestClient> client = test::client_over(transport);
};

TEST_F(Account, is_looked_up_and_a_wrong_application_id_is_told) {
    const HttpResponse user{200, {}, R"({"id":"3","username":"bot"})"};
    const HttpResponse application{200, {}, R"({"id":"9","verify_key":"ab","flags":32768})"};
    transport->replies = {user, application, user, application};
    const BotAccount account = look_up_account(*client, "");
    EXPECT_EQ(account.application_id, "9");
    EXPECT_TRUE(account.members_intent);
    EXPECT_THROW((void)look_up_account(*client, "8"), DiscordFailure);
}

TEST_F(Account, a_wrong_token_says_where_to_get_the_right_one) {
    transport->replies = {test::refusal(401, 0)};
    try {
        (void)look_up_account(*client, "");
        FAIL();
    } catch (const DiscordFailure& failure) {
        EXPECT_EQ(failure.retry(), Retry::useless);
        EXPECT_NE(std::string(failure.what()).find("developer portal"), std::string::npos);
        EXPECT_EQ(std::string(failure.what()).find("very-secret"), std::string::npos);
    }
}

TEST_F(Account, commands_are_put_only_when_they_differ) {
    const auto commands = command_definitions();
    transport->replies = {HttpResponse{200, {}, write_commands(commands)}};
    EXPECT_FALSE(register_commands(*client, "9", "5", commands));
    EXPECT_EQ(transport->asked.size(), 1U);
    transport->replies = {HttpResponse{200, {}, "[]"}, HttpResponse{200, {}, "[]"}};
    EXPECT_TRUE(register_commands(*client, "9", "5", commands));
    EXPECT_EQ(transport->asked.back().method, "PUT");
    EXPECT_EQ(transport->asked.back().url, "http://127.0.0.1:1/api/v10/applications/9/guilds/5/commands");
}

TEST_F(Account, the_invitation_asks_for_what_realization_needs) {
    EXPECT_EQ(invite_link("9"),
              "https://discord.com/oauth2/authorize?client_id=9&scope=bot+applications.commands&permissions="
              "17601047645328");
}

}  // namespace
}  // namespace convene::discord
