// Whether a private channel was visible to anybody it should not, at any instant.
#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

class LeakWatching : public SandboxTest {
protected:
    LeakWatching() {
        client.join("555");
        client.join("556");
    }
    json leaks() const { return client.control("GET", "/leaks").body["leaks"]; }
    std::string make_private(const std::vector<std::string>& members) const {
        return client
            .create({{"name", "group-1"}, {"permission_overwrites", hidden_from_all_but(client.at, members)}})
            .id();
    }
    void overwrite(const std::string& channel, const std::string& id, int type, const std::string& allow,
                   const std::string& deny = "0") const {
        client.control("POST", "/act",
                       {{"user_id", client.at.admin_user_id},
                        {"method", "PUT"},
                        {"path", "/channels/" + channel + "/permissions/" + id},
                        {"body", {{"type", type}, {"allow", allow}, {"deny", deny}}}});
    }
};

TEST_F(LeakWatching, a_channel_private_from_its_first_instant_leaks_nothing) {
    const std::string channel = make_private({"555"});
    client.join("557");
    overwrite(channel, "556", 1, "1024");
    EXPECT_TRUE(leaks().empty());
    const json viewers = client.control("GET", "/leaks").body["viewers"][channel]["viewers"];
    ASSERT_EQ(viewers.size(), 2U);
    EXPECT_EQ(viewers[0]["user_id"], "555");
    EXPECT_EQ(viewers[1]["user_id"], "556");
}

TEST_F(LeakWatching, creating_first_and_hiding_afterwards_is_a_leak) {
    const std::string channel = client.create({{"name", "group-1"}}).id();
    EXPECT_TRUE(leaks().empty()) << "a public channel is no leak";
    overwrite(channel, client.at.guild_id, 0, "0", "1024");
    const json found = leaks();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0]["channel_id"], channel);
    EXPECT_TRUE(found[0]["user_id"].is_null());
    EXPECT_EQ(found[0]["what"], "visible before it was hidden");
    EXPECT_FALSE(found[0]["until"].is_null());
}

TEST_F(LeakWatching, opening_a_private_channel_is_a_leak_from_that_instant) {
    const std::string channel = make_private({"555"});
    overwrite(channel, client.at.guild_id, 0, "0", "0");
    const json found = leaks();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0]["what"], "visible though private");
    EXPECT_TRUE(found[0]["until"].is_null());
}

TEST_F(LeakWatching, a_leak_is_remembered_when_the_channel_is_gone) {
    const std::string channel = make_private({"555"});
    overwrite(channel, client.at.guild_id, 0, "0", "0");
    client.rest("DELETE", "/channels/" + channel);
    EXPECT_EQ(leaks().size(), 1U);
}

TEST_F(LeakWatching, administrators_and_the_seen_category_are_no_leak) {
    client.join("558", true);
    const std::string category =
        client
            .create(
                {{"name", "Cohort"}, {"type", 4}, {"permission_overwrites", hidden_from_all_but(client.at)}})
            .id();
    (void)client.create({{"name", "group-1"},
                         {"parent_id", category},
                         {"permission_overwrites", hidden_from_all_but(client.at, {"555"})}});
    EXPECT_TRUE(leaks().empty());
}

TEST_F(LeakWatching, hiding_an_old_public_channel_is_a_humans_right) {
    overwrite(client.general(), client.at.guild_id, 0, "0", "1024");
    EXPECT_TRUE(leaks().empty());
}

}  // namespace
}  // namespace convene::sandbox
