#include "discord/wire/interaction.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace convene::discord {
namespace {

using Json = nlohmann::json;

constexpr const char* kCommand = R"({
  "id": "11", "token": "t", "type": 2, "application_id": "9", "guild_id": "5", "channel_id": "6", "version": 1,
  "some_new_field": {"a": [1]}, "message": null,
  "member": {"permissions": "2147483656", "user": {"id": "77", "username": "ada"}, "nick": null},
  "data": {"id": "1", "name": "schedule", "type": 1, "options": [
    {"name": "cohort", "type": 3, "value": "AI"}, {"name": "min", "type": 4, "value": 4},
    {"name": "use-if-needed", "type": 5, "value": false}]}})";

TEST(ReadInteraction, reads_a_command_and_passes_over_what_it_does_not_know) {
    const auto read = read_interaction(kCommand);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->type, InteractionType::command);
    EXPECT_EQ(read->command, "schedule");
    EXPECT_EQ(read->user_id, "77");
    EXPECT_EQ(read->guild_id, "5");
    EXPECT_EQ(read->option("cohort")->text, "AI");
    EXPECT_EQ(read->option("min")->text, "4");
    EXPECT_EQ(read->option("use-if-needed")->text, "false");
    EXPECT_EQ(read->option("max"), nullptr);
    EXPECT_TRUE(read->by_administrator());
}

TEST(ReadInteraction, nobody_is_an_administrator_without_the_bit) {
    Json json = Json::parse(kCommand);
    for (const Json& permissions : {Json("16"), Json("2251799813685239"), Json(nullptr), Json("x")}) {
        json["member"]["permissions"] = permissions;
        EXPECT_FALSE(read_interaction(json.dump())->by_administrator()) << permissions;
    }
    json.erase("member");
    json["user"] = {{"id", "77"}};
    EXPECT_FALSE(read_interaction(json.dump())->by_administrator());
    EXPECT_EQ(read_interaction(json.dump())->user_id, "77") << "outside a server it stands elsewhere";
}

TEST(ReadInteraction, half_typed_options_and_missing_ones_do_no_harm) {
    const auto read = read_interaction(R"({"id":"1","token":"t","type":4,"data":{"name":"schedule",
        "options":[{"name":"cohort","type":3,"value":"ai s","focused":true},{"name":"min"},7]}})");
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->option("cohort")->focused);
    EXPECT_EQ(read->option("min")->text, "");
    EXPECT_TRUE(read_interaction(R"({"id":"1","token":"t","type":4,"data":null})"));
    EXPECT_TRUE(read_interaction(R"({"id":"1","token":"t","type":99})"));
}

TEST(ReadInteraction, the_channel_may_be_an_object) {
    EXPECT_EQ(read_interaction(R"({"id":"1","token":"t","type":2,"channel":{"id":"8"}})")->channel_id, "8");
}

TEST(ReadInteraction, what_is_no_interaction_is_none) {
    for (const char* text : {"", "{", "[]", "7", "{}", R"({"id":"1"})", R"({"id":"1","token":null})"})
        EXPECT_FALSE(read_interaction(text)) << text;
}

TEST(Options, come_back_as_they_were_kept) {
    const std::vector<InteractionOption> options{{"cohort", "1", false}, {"min", "4", false}};
    EXPECT_EQ(read_options(write_options(options)), options);
    EXPECT_TRUE(read_options("nonsense").empty());
}

TEST(Responses, a_deferral_carries_the_ephemeral_flag_and_nothing_else) {
    EXPECT_EQ(Json::parse(write_deferral(false)), Json::parse(R"({"type":5})"));
    EXPECT_EQ(Json::parse(write_deferral(true)), Json::parse(R"({"type":5,"data":{"flags":64}})"));
}

TEST(Responses, every_message_says_whom_it_may_notify) {
    NewMessage message;
    message.content = "@everyone";
    for (const std::string& text : {write_reply(message, true), write_update(message)})
        EXPECT_EQ(Json::parse(text)["data"]["allowed_mentions"], Json::parse(R"({"parse":[],"users":[]})"));
}

TEST(Responses, an_update_takes_away_what_was_there) {
    const Json data = Json::parse(write_update({}))["data"];
    EXPECT_EQ(data["content"], "");
    EXPECT_EQ(data["embeds"], Json::array());
    EXPECT_EQ(data["components"], Json::array());
}

TEST(Responses, choices_are_name_and_value) {
    EXPECT_EQ(Json::parse(write_choices({{"A (1 pending)", "7"}})),
              Json::parse(R"json({"type":8,"data":{"choices":[{"name":"A (1 pending)","value":"7"}]}})json"));
    EXPECT_EQ(Json::parse(write_choices({}))["data"]["choices"], Json::array());
}

}  // namespace
}  // namespace convene::discord
