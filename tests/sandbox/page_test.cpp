// The page that shows the server through a member's eyes.
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
    EXPECT_EQ(page.find("<script>"), std::string::npos);
    EXPECT_NE(page.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"), std::string::npos);
}

}  // namespace
}  // namespace convene::sandbox
