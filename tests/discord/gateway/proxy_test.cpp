#include "discord/gateway/proxy.h"

#include <gtest/gtest.h>

#include <map>

#include "app/failure.h"

namespace convene::discord {
namespace {

std::optional<Proxy> chosen(const std::map<std::string, std::string>& variables,
                            const std::string& host = "gateway.discord.gg") {
    return proxy_for(host, [&](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::string() : found->second;
    });
}

TEST(ProxyTest, without_variables_the_way_is_straight) {
    EXPECT_EQ(chosen({}), std::nullopt);
    EXPECT_EQ(chosen({{"https_proxy", ""}, {"http_proxy", "http://a:1"}}), std::nullopt);
}

TEST(ProxyTest, small_letters_and_the_special_name_come_first) {
    EXPECT_EQ(chosen({{"https_proxy", "http://a:1"}, {"HTTPS_PROXY", "http://b:2"}}), (Proxy{"a", "1"}));
    EXPECT_EQ(chosen({{"HTTPS_PROXY", "b:2/"}, {"all_proxy", "http://c:3"}}), (Proxy{"b", "2"}));
    EXPECT_EQ(chosen({{"ALL_PROXY", "http://[::1]"}}), (Proxy{"::1", "1080"}));
}

TEST(ProxyTest, hosts_and_domains_can_be_left_out) {
    const auto straight = [](const std::string& list, const std::string& host) {
        return !chosen({{"https_proxy", "http://a:1"}, {"NO_PROXY", list}}, host);
    };
    EXPECT_TRUE(straight("*", "gateway.discord.gg"));
    EXPECT_TRUE(straight("localhost, Discord.GG", "gateway.discord.gg"));
    EXPECT_TRUE(straight(".discord.gg", "gateway.discord.gg"));
    EXPECT_TRUE(straight("localhost discord.gg.", "discord.gg"));
    EXPECT_FALSE(straight("cord.gg", "gateway.discord.gg"));
    EXPECT_FALSE(straight("gateway.discord.gg.example.org, ,,", "gateway.discord.gg"));
    EXPECT_FALSE(chosen({{"https_proxy", "a"}, {"no_proxy", "discord.gg"}, {"NO_PROXY", "x"}}));
}

TEST(ProxyTest, a_user_is_shown_to_the_proxy_decoded) {
    EXPECT_EQ(chosen({{"https_proxy", "http://me:p%20w@a:1"}})->authorization, "Basic bWU6cCB3");
}

TEST(ProxyTest, other_kinds_are_refused_and_no_secret_is_told) {
    for (const char* kind : {"socks5://me:geheim@a:1", "https://me:geheim@a", "http://", "socks4a://a"}) {
        try {
            (void)chosen({{"https_proxy", kind}});
            FAIL() << kind;
        } catch (const DiscordFailure& failure) {
            EXPECT_NE(std::string(failure.what()).find("https_proxy"), std::string::npos);
            EXPECT_EQ(std::string(failure.what()).find("geheim"), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace convene::discord
