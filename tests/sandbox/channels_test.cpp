#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

class Channels : public SandboxTest {
protected:
    std::string make(const json& channel) const {
        const Reply made = client.create(channel);
        EXPECT_EQ(made.status, 201) << made.text;
        return made.id();
    }
    json shown(const std::string& id) const { return client.rest("GET", "/channels/" + id).body; }
    bool listed(const std::string& id) const {
        for (const json& channel : client.rest("GET", client.guild() + "/channels").body) {
            if (channel["id"] == id) return true;
        }
        return false;
    }
};

TEST_F(Channels, creation_answers_201_with_the_whole_object) {
    const Reply made = client.create({{"name", "Group 01"}, {"type", 0}, {"topic", " hello "}});
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.body["name"], "group-01");
    EXPECT_EQ(made.body["topic"], "hello");
    EXPECT_EQ(made.body["guild_id"], client.at.guild_id);
    EXPECT_TRUE(made.body["id"].is_string());
    EXPECT_TRUE(made.body["parent_id"].is_null());
    EXPECT_TRUE(made.body["last_message_id"].is_null());
}

TEST_F(Channels, every_post_makes_another_channel) {
    const json channel = {{"name", "twin"}};
    const std::string first = make(channel);
    EXPECT_LT(std::stoull(first), std::stoull(make(channel)));
}

TEST_F(Channels, voice_and_category_keep_their_names_and_have_no_topic) {
    EXPECT_EQ(client.create({{"name", "v"}, {"type", 2}, {"topic", "x"}}).code(), 50035);
    settings({{"refuse_voice_topic", false}});
    EXPECT_EQ(shown(make({{"name", "Group 01 Voice"}, {"type", 2}, {"topic", "x"}}))["name"],
              "Group 01 Voice");
    EXPECT_FALSE(shown(make({{"name", "AI Safety - Jan"}, {"type", 4}})).contains("topic"));
}

TEST_F(Channels, pitfall_40_one_made_hidden_is_never_seen_by_others) {
    client.join("555");
    make({{"name", "secret"}, {"permission_overwrites", hidden_from_all_but(client.at)}});
    const json seen = client.control("GET", "/visible?user_id=555").body;
    ASSERT_EQ(seen["channels"].size(), 1U);
    EXPECT_EQ(seen["channels"][0]["name"], "general");
    EXPECT_EQ(client.control("GET", "/visible?user_id=" + client.at.bot_user_id).body["channels"].size(), 2U);
}

TEST_F(Channels, a_bot_that_hides_a_channel_from_itself_is_locked_out_and_no_longer_finds_it) {
    const std::string id =
        make({{"name", "gone"},
              {"permission_overwrites", {{{"id", client.at.guild_id}, {"type", 0}, {"deny", "1024"}}}}});
    EXPECT_EQ(client.rest("GET", "/channels/" + id).code(), 50001);
    EXPECT_EQ(client.rest("DELETE", "/channels/" + id).status, 403);
    EXPECT_FALSE(listed(id));
    settings({{"hide_unviewable_channels", false}});
    EXPECT_TRUE(listed(id));
}

TEST_F(Channels, only_bits_held_in_the_guild_can_be_given_at_creation) {
    const auto with_allow = [&](const char* bits) {
        return client.create(
            {{"name", "x"}, {"permission_overwrites", {{{"id", "555"}, {"type", 1}, {"allow", bits}}}}});
    };
    EXPECT_EQ(with_allow("3146752").status, 201);
    EXPECT_EQ(with_allow("8192").code(), 50013);       // MANAGE_MESSAGES: not held
    EXPECT_EQ(with_allow("268435456").code(), 50013);  // MANAGE_ROLES: held, but only administrators may
    EXPECT_EQ(client.state()["channels"].size(), 2U);
}

TEST_F(Channels, without_overwrites_a_child_copies_its_parents) {
    const json overwrites = hidden_from_all_but(client.at);
    const std::string category = make({{"name", "C"}, {"type", 4}, {"permission_overwrites", overwrites}});
    EXPECT_EQ(shown(make({{"name", "a"}, {"parent_id", category}}))["permission_overwrites"],
              shown(category)["permission_overwrites"]);
    EXPECT_TRUE(shown(make({{"name", "b"},
                            {"parent_id", category},
                            {"permission_overwrites", json::array()}}))["permission_overwrites"]
                    .empty());
}

TEST_F(Channels, deleting_a_category_orphans_its_channels_and_a_voice_channel_takes_its_events) {
    const std::string category = make({{"name", "C"}, {"type", 4}});
    const std::string voice = make({{"name", "V"},
                                    {"type", 2},
                                    {"parent_id", category},
                                    {"permission_overwrites", hidden_from_all_but(client.at)}});
    ASSERT_EQ(client.create_event(voice).status, 200);
    EXPECT_EQ(client.rest("DELETE", "/channels/" + category).status, 200);
    EXPECT_TRUE(shown(voice)["parent_id"].is_null());
    EXPECT_EQ(client.rest("DELETE", "/channels/" + voice).status, 200);
    EXPECT_TRUE(client.state()["scheduled_events"].empty());
    EXPECT_EQ(client.rest("DELETE", "/channels/" + voice).code(), 10003);
}

TEST_F(Channels, limits_are_refused_with_discords_bodies) {
    EXPECT_EQ(client.create({{"type", 0}}).field_error("name"), "BASE_TYPE_REQUIRED");
    EXPECT_EQ(client.create({{"name", std::string(101, 'x')}}).field_error("name"), "BASE_TYPE_BAD_LENGTH");
    EXPECT_EQ(client.create({{"name", "x"}, {"topic", std::string(1025, 'x')}}).field_error("topic"),
              "BASE_TYPE_MAX_LENGTH");
    EXPECT_EQ(client.create({{"name", "x"}, {"type", 15}}).field_error("type"), "BASE_TYPE_CHOICES");
    EXPECT_EQ(client.create({{"name", "x"}, {"parent_id", "77"}}).field_error("parent_id"),
              "CHANNEL_PARENT_INVALID");
    EXPECT_EQ(client.create({{"name", "x"}, {"parent_id", client.general()}}).field_error("parent_id"),
              "CHANNEL_PARENT_INVALID_TYPE");
    json many = json::array();
    for (int i = 1; i <= 101; ++i)
        many.push_back({{"id", std::to_string(i)}, {"type", 1}, {"allow", "1024"}});
    EXPECT_EQ(
        client.create({{"name", "x"}, {"permission_overwrites", many}}).field_error("permission_overwrites"),
        "BASE_TYPE_MAX_LENGTH");
    many.erase(0);
    EXPECT_EQ(client.create({{"name", "x"}, {"permission_overwrites", many}}).status, 201);
}

TEST_F(Channels, hundred_characters_are_counted_as_characters) {
    std::string umlauts;
    for (int i = 0; i < 100; ++i) umlauts += "ü";
    EXPECT_EQ(client.create({{"name", umlauts}, {"type", 4}}).status, 201);
}

TEST_F(Channels, changing_overwrites_takes_manage_roles_and_bits_held_here) {
    const std::string id = make({{"name", "x"}, {"permission_overwrites", hidden_from_all_but(client.at)}});
    const std::string of_member = "/channels/" + id + "/permissions/555";
    EXPECT_EQ(client.rest("PUT", of_member, {{"type", 1}, {"allow", "68608"}}).status, 204);
    EXPECT_EQ(client.rest("PUT", of_member, {{"type", 1}, {"allow", 68608}}).status, 204);
    EXPECT_EQ(client.rest("PUT", of_member, {{"type", 1}, {"allow", "8192"}}).code(), 50013);
    EXPECT_EQ(shown(id)["permission_overwrites"].size(), 3U);
    EXPECT_EQ(client.rest("DELETE", of_member).status, 204);
    EXPECT_EQ(client.rest("DELETE", of_member).code(), 10009);
    EXPECT_EQ(client.rest("PUT", "/channels/" + id + "/permissions/777", {{"type", 0}}).code(), 10011);
}

TEST_F(Channels, a_parent_that_hides_itself_from_the_bot_shuts_it_out_of_overwrites) {
    const std::string category = make({{"name", "C"}, {"type", 4}});
    const std::string child = make(
        {{"name", "x"}, {"parent_id", category}, {"permission_overwrites", hidden_from_all_but(client.at)}});
    const std::string of_member = "/channels/" + child + "/permissions/555";
    EXPECT_EQ(client.rest("PUT", of_member, {{"type", 1}, {"allow", "1024"}}).status, 204);
    ASSERT_EQ(
        client
            .rest("PATCH", "/channels/" + category,
                  {{"permission_overwrites", {{{"id", client.at.guild_id}, {"type", 0}, {"deny", "1024"}}}}})
            .status,
        200);
    EXPECT_EQ(client.rest("PUT", of_member, {{"type", 1}, {"allow", "1024"}}).code(), 50001);
}

TEST_F(Channels, an_overwrite_for_someone_absent_is_accepted_and_works_once_they_join_or_not) {
    make({{"name", "y"}, {"permission_overwrites", hidden_from_all_but(client.at, {"556"})}});
    client.join("556");
    EXPECT_EQ(client.control("GET", "/visible?user_id=556").body["channels"].size(), 1U);

    settings({{"absent_member_overwrites", true}});
    make({{"name", "x"}, {"permission_overwrites", hidden_from_all_but(client.at, {"555"})}});
    client.join("555");
    EXPECT_EQ(client.control("GET", "/visible?user_id=555").body["channels"].size(), 2U);
}

TEST_F(Channels, a_put_right_after_the_post_can_be_lost_though_it_shows) {
    client.join("555");
    settings({{"lost_overwrite_ms", 60'000}});
    const std::string id = make({{"name", "x"}, {"permission_overwrites", hidden_from_all_but(client.at)}});
    ASSERT_EQ(
        client.rest("PUT", "/channels/" + id + "/permissions/555", {{"type", 1}, {"allow", "1024"}}).status,
        204);
    EXPECT_EQ(shown(id)["permission_overwrites"].size(), 3U);
    EXPECT_EQ(client.control("GET", "/visible?user_id=555").body["channels"].size(), 1U);
    client.control("POST", "/clock", {{"advance_seconds", 61}});
    ASSERT_EQ(
        client.rest("PUT", "/channels/" + id + "/permissions/555", {{"type", 1}, {"allow", "1024"}}).status,
        204);
    EXPECT_EQ(client.control("GET", "/visible?user_id=555").body["channels"].size(), 2U);
}

TEST_F(Channels, patch_changes_only_what_it_names) {
    const std::string id =
        make({{"name", "x"}, {"topic", "kept"}, {"permission_overwrites", hidden_from_all_but(client.at)}});
    const Reply changed = client.rest("PATCH", "/channels/" + id, {{"name", "New Name"}});
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(changed.body["name"], "new-name");
    EXPECT_EQ(changed.body["topic"], "kept");
    EXPECT_EQ(changed.body["permission_overwrites"].size(), 2U);
    EXPECT_TRUE(client.rest("PATCH", "/channels/" + id, {{"topic", nullptr}}).body["topic"].is_null());
}

TEST_F(Channels, one_bulk_request_moves_many_but_gives_a_parent_to_one) {
    const std::string category = make({{"name", "C"}, {"type", 4}});
    const std::string a = make({{"name", "a"}}), b = make({{"name", "b"}});
    const std::string path = client.guild() + "/channels";
    EXPECT_EQ(client.rest("PATCH", path, {{{"id", a}, {"position", 9}}, {{"id", b}, {"parent_id", category}}})
                  .status,
              204);
    EXPECT_EQ(shown(a)["position"], 9);
    EXPECT_EQ(shown(b)["parent_id"], category);
    EXPECT_EQ(
        client
            .rest("PATCH", path, {{{"id", a}, {"parent_id", category}}, {{"id", b}, {"parent_id", nullptr}}})
            .code(),
        40009);
}

TEST_F(Channels, new_ones_are_missing_from_lists_while_the_lag_lasts) {
    settings({{"list_lag_ms", 2000}});
    const std::string id = make({{"name", "late"}});
    EXPECT_FALSE(listed(id));
    EXPECT_EQ(client.rest("GET", "/channels/" + id).status, 200);
    client.control("POST", "/clock", {{"advance_seconds", 2}});
    EXPECT_TRUE(listed(id));
}

TEST(FullCategory, pitfall_43_the_51st_in_a_category_is_refused_at_parent_id) {
    const TemporaryFile file(R"({"channels": [{"type": "category", "name": "C", "id": "900"},
                                              {"name": "x", "parent": "C", "count": 49}]})");
    Options options;
    options.guild_file = file.path;
    const SandboxProcess process(options);
    const SandboxClient client(process.endpoints());
    EXPECT_EQ(client.create({{"name", "x"}, {"parent_id", "900"}}).status, 201);
    const Reply refused = client.create({{"name", "x"}, {"parent_id", "900"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.code(), 50035);
    EXPECT_EQ(refused.field_error("parent_id"), "CHANNEL_PARENT_MAX_CHANNELS");
}

TEST(FullGuild, pitfall_44_the_501st_channel_is_30013) {
    const TemporaryFile file(R"({"channels": [{"name": "old", "count": 499}]})");
    Options options;
    options.guild_file = file.path;
    const SandboxProcess process(options);
    const SandboxClient client(process.endpoints());
    const Reply refused = client.create({{"name", "one too many"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.code(), 30013);
    EXPECT_EQ(client.state()["channels"].size(), 500U);
}

}  // namespace
}  // namespace convene::sandbox
