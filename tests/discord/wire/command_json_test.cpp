#include "discord/wire/command_json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "discord/bot/bot.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;

/// As Discord gives back what it was given: with ids, versions, nulls, and more.
Json as_listed(const std::vector<CommandDefinition>& commands) {
    Json list = Json::parse(write_commands(commands));
    for (Json& command : list) {
        command["id"] = "1";
        command["application_id"] = "2";
        command["version"] = "3";
        command["nsfw"] = false;
        command["name_localizations"] = nullptr;
        command["description_localizations"] = nullptr;
        command["dm_permission"] = true;
        command["contexts"] = nullptr;
        command["integration_types"] = {0};
        for (Json& option : command["options"]) {
            option["name_localizations"] = nullptr;
            if (!option.contains("required")) option["required"] = false;
            if (!option.contains("autocomplete")) option["autocomplete"] = false;
            option["choices"] = Json::array();
            if (option.contains("min_value")) option["min_value"] = option["min_value"].get<double>();
        }
    }
    return list;
}

TEST(Commands, what_discord_adds_is_no_difference) {
    const auto commands = command_definitions();
    EXPECT_TRUE(same_commands(write_commands(commands), commands));
    Json listed = as_listed(commands);
    EXPECT_TRUE(same_commands(listed.dump(), commands));
    std::reverse(listed.begin(), listed.end());
    EXPECT_TRUE(same_commands(listed.dump(), commands)) << "the order of commands says nothing";
}

TEST(Commands, every_difference_that_users_would_notice_is_one) {
    const auto commands = command_definitions();
    const auto differs = [&](const std::function<void(Json&)>& change) {
        Json listed = as_listed(commands);
        change(listed);
        return !same_commands(listed.dump(), commands);
    };
    EXPECT_TRUE(differs([](Json& list) { list.erase(0); }));
    EXPECT_TRUE(differs([](Json& list) { list.push_back({{"name", "old"}, {"description", "x"}}); }));
    EXPECT_TRUE(differs([](Json& list) { list[0]["description"] = "x"; }));
    EXPECT_TRUE(differs([](Json& list) { list[0]["default_member_permissions"] = nullptr; }));
    EXPECT_TRUE(differs([](Json& list) { list[0]["options"][0]["autocomplete"] = false; }));
    EXPECT_TRUE(differs([](Json& list) { std::swap(list[2]["options"][1], list[2]["options"][2]); }));
    EXPECT_TRUE(differs([](Json& list) { list = Json::object(); }));
}

TEST(Commands, a_list_that_makes_no_sense_is_another_one) {
    const auto commands = command_definitions();
    for (const char* nameless : {R"([{"name":null}])", R"([{"name":7}])", R"([{}])", R"([null])"})
        EXPECT_FALSE(same_commands(nameless, commands)) << nameless;
    const std::vector<CommandDefinition> one{
        {"a", "b", {{CommandOption::Type::integer, "min", "c", false, false, 1, 4}}}};
    Json listed = Json::parse(write_commands(one));
    for (const auto& [most, same] : {std::pair(4.0, true), {4.5, false}, {1e300, false}}) {
        listed[0]["options"][0]["max_value"] = most;
        EXPECT_EQ(same_commands(listed.dump(), one), same) << most;
    }
}

TEST(Commands, keep_discords_limits) {
    for (const CommandDefinition& command : command_definitions()) {
        EXPECT_LE(command.name.size(), 32U);
        EXPECT_LE(command.description.size(), 100U) << command.name;
        bool optional_seen = false;
        for (const CommandOption& option : command.options) {
            EXPECT_LE(option.description.size(), 100U) << option.name;
            EXPECT_FALSE(option.required && optional_seen) << "required options come first";
            optional_seen = optional_seen || !option.required;
        }
    }
    for (const Json& command : Json::parse(write_commands(command_definitions())))
        EXPECT_EQ(command["default_member_permissions"], "0") << "administrators only";
}

}  // namespace
}  // namespace convene::discord
