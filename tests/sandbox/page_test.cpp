// The page that shows the server through a member's eyes.
#include "gateway_client.h"
#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

using Page = SandboxTest;

TEST_F(Page, shows_a_member_their_channels_and_nothing_of_others) {
    client.join("555");
    client.join("556");
    const std::string mine =
        client
            .create({{"name", "group-1"}, {"permission_overwrites", hidden_from_all_but(client.at, {"555"})}})
            .id();
    client.control("POST", "/act",
                   {{"user_id", client.at.admin_user_id},
                    {"method", "POST"},
                    {"path", "/channels/" + mine + "/messages"},
                    {"body", {{"content", "Welcome <b>all</b>"}}}});
    const std::string insider = client.control("GET", "/?user_id=555").text;
    EXPECT_NE(insider.find("group-1"), std::string::npos);
    EXPECT_NE(insider.find("general"), std::string::npos);
    EXPECT_EQ(client.control("GET", "/?user_id=556").text.find("group-1"), std::string::npos);
    EXPECT_EQ(client.control("GET", "/").text.find("group-1"), std::string::npos);
}

TEST_F(Page, what_people_wrote_stays_text) {
    (void)client.say(client.general(), {{"content", "<script>alert(1)</script> & \"more\""}});
    const std::string page = client.control("GET", "/?user_id=" + client.at.admin_user_id).text;
    EXPECT_EQ(page.find("<script>alert"), std::string::npos);
    EXPECT_NE(page.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"), std::string::npos);
}

TEST_F(Page, mentions_times_and_embeds_read_as_on_discord) {
    client.join("555");
    (void)client.say(
        client.general(),
        {{"content", "Hi <@555>, see <#" + client.general() + "> at <t:1736953200:F>, **soon**"},
         {"embeds", {{{"title", "Four groups"}, {"fields", {{{"name", "Group 1"}, {"value", "Ada"}}}}}}},
         {"allowed_mentions", {{"parse", json::array()}}}});
    const std::string page = client.control("GET", "/?user_id=555").text;
    for (const char* shown :
         {"@u555", "#general", "Wed 15 Jan 2025, 15:00 UTC", "<b>soon</b>", "Four groups", "Group 1"}) {
        EXPECT_NE(page.find(shown), std::string::npos) << shown;
    }
}

class PageOfCommands : public SandboxTest {
protected:
    std::string page_of(const std::string& user_id) const {
        return client.control("GET", "/?user_id=" + user_id).text;
    }
};

TEST_F(PageOfCommands, an_answer_for_one_shows_to_nobody_else_and_a_missing_one_is_told) {
    GatewayClient gateway(client.at.gateway);
    (void)gateway.log_in(client.at.token);
    client.join("555");
    client.join("556");
    const std::string commands =
        "/applications/" + client.at.application_id + "/guilds/" + client.at.guild_id + "/commands";
    (void)client.rest("PUT", commands, json::array({{{"name", "hello"}, {"description", "Greets"}}}));
    const auto type = [&] {
        (void)client.control("POST", "/interactions", {{"user_id", "555"}, {"command", "hello"}});
    };
    type();
    EXPECT_NE(page_of("555").find("Sending…"), std::string::npos);
    const json got = gateway.event("INTERACTION_CREATE");
    ASSERT_EQ(client
                  .rest("POST",
                        "/interactions/" + got["id"].get<std::string>() + "/" +
                            got["token"].get<std::string>() + "/callback",
                        {{"type", 4}, {"data", {{"content", "between us"}, {"flags", 64}}}})
                  .status,
              204);
    EXPECT_NE(page_of("555").find("between us"), std::string::npos);
    EXPECT_NE(page_of("555").find("Only you can see this"), std::string::npos);
    EXPECT_EQ(page_of("556").find("between us"), std::string::npos);
    type();
    client.control("POST", "/clock", {{"advance_seconds", 4}});
    EXPECT_NE(page_of("555").find("The application did not respond"), std::string::npos);
    EXPECT_EQ(page_of("556").find("The application did not respond"), std::string::npos);
}

TEST_F(Page, one_channel_is_open_and_it_is_the_one_asked_for) {
    const std::string quiet = client.create({{"name", "quiet"}, {"topic", "hush"}}).id();
    (void)client.say(client.general(), {{"content", "loud"}});
    const std::string user = "/?user_id=" + client.at.admin_user_id;
    EXPECT_NE(client.control("GET", user).text.find("loud"), std::string::npos);
    const std::string page = client.control("GET", user + "&channel_id=" + quiet).text;
    EXPECT_EQ(page.find("loud"), std::string::npos);
    EXPECT_NE(page.find("hush"), std::string::npos);
}

}  // namespace
}  // namespace convene::sandbox
