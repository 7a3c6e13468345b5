#include "sandbox_client.h"

namespace convene::sandbox {
namespace {

class Messages : public SandboxTest {
protected:
    Messages() : channel(client.general()), path("/channels/" + channel + "/messages") {}
    std::string say(const json& message) const {
        const Reply sent = client.say(channel, message);
        EXPECT_EQ(sent.status, 200) << sent.text;
        return sent.id();
    }

    std::string channel;
    std::string path;
};

TEST_F(Messages, sending_answers_200_with_the_whole_object) {
    const Reply sent = client.say(
        channel, {{"content", "  hi  "},
                  {"embeds", {{{"title", " T "}, {"fields", {{{"name", "n"}, {"value", "v"}}}}}}}});
    ASSERT_EQ(sent.status, 200) << sent.text;
    EXPECT_EQ(sent.body["content"], "hi");
    EXPECT_EQ(sent.body["embeds"][0]["title"], "T");
    EXPECT_EQ(sent.body["embeds"][0]["type"], "rich");
    EXPECT_EQ(sent.body["embeds"][0]["fields"][0]["inline"], false);
    EXPECT_EQ(sent.body["author"]["id"], client.at.bot_user_id);
    EXPECT_TRUE(sent.body["edited_timestamp"].is_null());
    EXPECT_FALSE(sent.body.contains("nonce"));
}

TEST_F(Messages, limits_are_refused_with_discords_bodies) {
    const auto fault = [&](const json& message, const char* field) {
        return client.say(channel, message).field_error(field);
    };
    EXPECT_EQ(client.say(channel, json::object()).code(), 50006);
    EXPECT_EQ(client.say(channel, {{"content", "   "}}).code(), 50006);
    EXPECT_EQ(fault({{"content", std::string(2001, 'x')}}, "content"), "BASE_TYPE_MAX_LENGTH");
    EXPECT_EQ(client.say(channel, {{"content", std::string(2000, 'x')}}).status, 200);
    EXPECT_EQ(fault({{"content", "x"}, {"nonce", std::string(26, 'x')}}, "nonce"), "NONCE_TYPE_TOO_LONG");
    EXPECT_EQ(fault({{"embeds", {{{"title", std::string(257, 'x')}}}}}, "embeds.0.title"),
              "BASE_TYPE_MAX_LENGTH");
    EXPECT_EQ(fault({{"embeds", {{{"description", std::string(4097, 'x')}}}}}, "embeds.0.description"),
              "BASE_TYPE_MAX_LENGTH");
    EXPECT_EQ(fault({{"embeds", json(11, {{"title", "x"}})}}, "embeds"), "BASE_TYPE_MAX_LENGTH");
    EXPECT_EQ(fault({{"embeds", {{{"title", "x"}, {"fields", json(26, {{"name", "n"}, {"value", "v"}})}}}}},
                    "embeds.0.fields"),
              "BASE_TYPE_MAX_LENGTH");
    EXPECT_EQ(
        fault({{"embeds", {{{"fields", {{{"name", "n"}, {"value", ""}}}}}}}}, "embeds.0.fields.0.value"),
        "BASE_TYPE_REQUIRED");
    EXPECT_EQ(fault({{"embeds", {{{"footer", {{"text", std::string(2049, 'x')}}}}}}}, "embeds.0.footer.text"),
              "BASE_TYPE_BAD_LENGTH");
    const std::string long_text(3001, 'x');
    EXPECT_EQ(fault({{"embeds", {{{"description", long_text}}, {{"description", long_text}}}}}, "embeds"),
              "MAX_EMBED_SIZE_EXCEEDED");
    EXPECT_EQ(fault({{"content", "x"}, {"allowed_mentions", {{"parse", {"users"}}, {"users", {"5"}}}}},
                    "allowed_mentions.users"),
              "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE");
    EXPECT_EQ(fault({{"content", "x"},
                     {"components",
                      {{{"type", 1}, {"components", {{{"type", 2}, {"style", 1}, {"label", "l"}}}}}}}},
                    "components.0.components.0.custom_id"),
              "BASE_TYPE_REQUIRED");
}

TEST_F(Messages, a_voice_channel_has_a_chat_and_a_category_has_none) {
    const std::string voice = client.create({{"name", "v"}, {"type", 2}}).id();
    EXPECT_EQ(client.say(voice, {{"content", "x"}}).status, 200);
    const std::string category = client.create({{"name", "c"}, {"type", 4}}).id();
    EXPECT_EQ(client.say(category, {{"content", "x"}}).code(), 50008);
}

TEST_F(Messages, an_enforced_nonce_makes_one_message_and_is_never_shown_again) {
    const json message = {{"content", "x"}, {"nonce", "k7f3"}, {"enforce_nonce", true}};
    const Reply first = client.say(channel, message);
    EXPECT_EQ(first.body["nonce"], "k7f3");
    EXPECT_EQ(say(message), first.id());
    EXPECT_FALSE(client.rest("GET", path + "/" + first.id()).body.contains("nonce"));
    EXPECT_NE(say({{"content", "x"}, {"nonce", "k7f3"}}), first.id());

    client.control("POST", "/clock", {{"advance_seconds", 301}});
    EXPECT_NE(say(message), first.id());
}

TEST_F(Messages, an_enforced_nonce_whose_message_was_deleted_is_an_unknown_message) {
    const json message = {{"content", "x"}, {"nonce", 42}, {"enforce_nonce", true}};
    const std::string id = say(message);
    ASSERT_EQ(client.rest("DELETE", path + "/" + id).status, 204);
    EXPECT_EQ(client.say(channel, message).code(), 10008);
}

TEST_F(Messages, mentions_are_those_allowed_of_those_written) {
    client.join("555");
    client.join("556");
    const std::string text = "<@555> <@556> @everyone";
    const auto mentioned = [&](const json& allowed) {
        return client.say(channel, {{"content", text}, {"allowed_mentions", allowed}}).body;
    };
    EXPECT_EQ(mentioned({{"parse", json::array()}})["mentions"].size(), 0U);
    EXPECT_EQ(mentioned({{"parse", json::array()}})["mention_everyone"], false);
    EXPECT_EQ(mentioned({{"parse", json::array()}, {"users", {"555"}}})["mentions"][0]["id"], "555");
    EXPECT_EQ(mentioned(nullptr)["mentions"].size(), 2U);
    EXPECT_EQ(mentioned(nullptr)["mention_everyone"], true);
}

TEST_F(Messages, pages_are_newest_first_and_after_gives_the_oldest) {
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(say({{"content", std::to_string(i)}}));
    const auto page = [&](const std::string& query) {
        std::string contents;
        for (const json& message : client.rest("GET", path + query).body)
            contents += message["content"].get<std::string>();
        return contents;
    };
    EXPECT_EQ(page(""), "43210");
    EXPECT_EQ(page("?limit=2"), "43");
    EXPECT_EQ(page("?limit=2&after=" + channel), "10");
    EXPECT_EQ(page("?limit=2&before=" + ids[3]), "21");
    EXPECT_EQ(page("?limit=3&around=" + ids[2]), "321");
    EXPECT_EQ(client.rest("GET", path + "?limit=101").field_error("limit"), "NUMBER_TYPE_MAX");
}

TEST_F(Messages, without_history_the_list_is_empty_and_one_alone_is_refused) {
    const std::string id = say({{"content", "x"}});
    ASSERT_EQ(client
                  .control("POST", "/act",
                           {{"user_id", client.at.admin_user_id},
                            {"method", "PUT"},
                            {"path", "/channels/" + channel + "/permissions/" + client.at.bot_user_id},
                            {"body", {{"type", 1}, {"deny", "65536"}}}})
                  .status,
              204);
    const Reply listed = client.rest("GET", path);
    EXPECT_EQ(listed.status, 200);
    EXPECT_TRUE(listed.body.empty());
    EXPECT_EQ(client.rest("GET", path + "/" + id).code(), 50013);
}

TEST_F(Messages, only_ones_own_can_be_edited) {
    const std::string mine = say({{"content", "x"}});
    const Reply edited = client.rest("PATCH", path + "/" + mine, {{"content", "y"}});
    EXPECT_EQ(edited.body["content"], "y");
    EXPECT_TRUE(edited.body["edited_timestamp"].is_string());
    const Reply theirs = client.control("POST", "/act",
                                        {{"user_id", client.at.admin_user_id},
                                         {"method", "POST"},
                                         {"path", path},
                                         {"body", {{"content", "z"}}}});
    ASSERT_EQ(theirs.status, 200) << theirs.text;
    EXPECT_EQ(client.rest("PATCH", path + "/" + theirs.id(), {{"content", "y"}}).code(), 50005);
    EXPECT_EQ(client.rest("DELETE", path + "/" + theirs.id()).code(), 50013);
}

TEST_F(Messages, pinning_takes_pin_messages_and_posts_a_notice) {
    const std::string id = say({{"content", "welcome"}});
    EXPECT_EQ(client.rest("PUT", path + "/pins/" + id).code(), 50013);
    ASSERT_EQ(client
                  .control("POST", "/act",
                           {{"user_id", client.at.admin_user_id},
                            {"method", "PUT"},
                            {"path", "/channels/" + channel + "/permissions/" + client.at.bot_user_id},
                            {"body", {{"type", 1}, {"allow", "2251799813685248"}}}})
                  .status,
              204);
    EXPECT_EQ(client.rest("PUT", path + "/pins/" + id).status, 204);
    EXPECT_EQ(client.rest("PUT", path + "/pins/" + id).status, 204);
    EXPECT_EQ(client.rest("GET", path + "/pins").body["items"][0]["message"]["id"], id);
    const json messages = client.rest("GET", path).body;
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0]["type"], 6);
}

}  // namespace
}  // namespace convene::sandbox
