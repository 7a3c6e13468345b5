#include "discord/rest/route.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace convene::discord {
namespace {

TEST(Route, names_itself_by_template_and_counts_by_the_top_level_resource) {
    const Route route(Method::put, "/channels/{channel_id}/permissions/{overwrite_id}", {"81", "9"});
    EXPECT_EQ(route.path(), "/channels/81/permissions/9");
    EXPECT_EQ(route.name(), "PUT /channels/{channel_id}/permissions/{overwrite_id}");
    EXPECT_EQ(route.major(), "81");
}

TEST(Route, guild_channels_are_one_route_for_the_whole_guild) {
    const Route one(Method::post, "/guilds/{guild_id}/channels", {"5"});
    const Route two(Method::get, "/guilds/{guild_id}/channels", {"5"});
    EXPECT_EQ(one.major(), two.major());
    EXPECT_NE(one.name(), two.name());
}

TEST(Route, query_is_part_of_the_path_but_not_of_the_name) {
    const Route route(Method::get, "/channels/{channel_id}/messages?after={after}&limit=100", {"7", "7"});
    EXPECT_EQ(route.path(), "/channels/7/messages?after=7&limit=100");
    EXPECT_EQ(route.name(), "GET /channels/{channel_id}/messages");
}

TEST(Route, webhook_token_separates_limits_and_stays_out_of_the_name) {
    const Route route(Method::post, "/webhooks/{webhook_id}/{webhook_token}", {"3", "secret"});
    EXPECT_EQ(route.major(), "3/secret");
    EXPECT_EQ(route.name().find("secret"), std::string::npos);
    EXPECT_FALSE(route.counts_globally());
}

TEST(Route, only_a_post_may_not_be_repeated_blindly) {
    EXPECT_FALSE(Route(Method::post, "/guilds/{guild_id}/channels", {"1"}).repeatable());
    EXPECT_TRUE(Route(Method::put, "/guilds/{guild_id}/channels", {"1"}).repeatable());
    EXPECT_TRUE(Route(Method::del, "/guilds/{guild_id}/channels", {"1"}).repeatable());
}

TEST(Route, wrong_number_of_values_breaks_the_contract) {
    EXPECT_THROW(Route(Method::get, "/guilds/{guild_id}", {}), std::invalid_argument);
    EXPECT_THROW(Route(Method::get, "/guilds/{guild_id}", {"1", "2"}), std::invalid_argument);
}

}  // namespace
}  // namespace convene::discord
