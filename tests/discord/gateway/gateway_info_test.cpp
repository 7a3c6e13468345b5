#include "discord/gateway/gateway_info.h"

#include <gtest/gtest.h>

#include "app/failure.h"
#include "discord/gateway/gateway_url.h"

namespace convene::discord {
namespace {

TEST(GatewayInfo, is_read_from_what_discord_answers) {
    const GatewayInfo info = read_gateway_info(
        R"({"url":"wss://gateway.discord.gg","shards":1,
            "session_start_limit":{"total":1000,"remaining":997,"reset_after":14400000,"max_concurrency":1}})");
    EXPECT_EQ(info.url, "wss://gateway.discord.gg");
    EXPECT_EQ(info.total, 1000);
    EXPECT_EQ(info.remaining, 997);
    EXPECT_EQ(info.reset_after, std::chrono::hours(4));
}

TEST(GatewayInfo, without_a_budget_there_is_no_guessing_one) {
    for (const char* text :
         {"", "[]", R"({"url":"wss://gateway.discord.gg"})",
          R"({"url":"wss://gateway.discord.gg","session_start_limit":{"total":1000}})",
          R"({"session_start_limit":{"total":1,"remaining":1,"reset_after":1,"max_concurrency":1}})"}) {
        EXPECT_THROW((void)read_gateway_info(text), DiscordFailure) << text;
    }
}

TEST(GatewayUrl, is_wss_anywhere_and_ws_on_this_machine_only) {
    for (const char* good : {"wss://gateway.discord.gg", "wss://gateway-us-east1-b.discord.gg/",
                             "ws://127.0.0.1:4000/gateway", "ws://localhost:1", "ws://[::1]:4000"}) {
        EXPECT_FALSE(gateway_url_fault(good)) << good;
    }
    for (const char* bad : {"", "gateway.discord.gg", "http://127.0.0.1", "ws://gateway.discord.gg",
                            "ws://127.0.0.1.example.org", "ws://localhost.example.org", "wss:/x/",
                            "wss://user@gateway.discord.gg", "wss://gateway.discord.gg/?v=9"}) {
        EXPECT_TRUE(gateway_url_fault(bad)) << bad;
    }
}

}  // namespace
}  // namespace convene::discord
