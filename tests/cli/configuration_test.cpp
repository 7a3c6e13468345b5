#include "cli/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "cli/bad_input.h"

namespace convene::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Environment environment(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

TEST(Configuration, without_settings_the_defaults_hold) {
    const Configuration read =
        read_configuration(environment({}), "convene.toml", std::nullopt).configuration;
    EXPECT_EQ(read.database_url, "sqlite:convene.db");
    EXPECT_EQ(read.discord_api_base, "https://discord.com/api/v10");
    EXPECT_EQ(read.discord_token, std::nullopt);
}

TEST(Configuration, the_environment_wins_over_the_file) {
    const auto read = read_configuration(environment({{"DISCORD_GUILD_ID", "1"}}), "convene.toml",
                                         "DISCORD_GUILD_ID = \"2\"\nDISCORD_TOKEN = \"from file\"\n");
    EXPECT_EQ(read.configuration.discord_guild_id, "1");
    EXPECT_EQ(read.configuration.discord_token, "from file");
}

TEST(Configuration, tables_and_lower_case_name_the_same_settings) {
    const auto read =
        read_configuration(environment({}), "convene.toml",
                           "[convene]\ndatabase_url = \"sqlite:x\"\n[discord]\nguild_id = 42\n");
    EXPECT_EQ(read.configuration.database_url, "sqlite:x");
    EXPECT_EQ(read.configuration.discord_guild_id, "42");
    EXPECT_TRUE(read.warnings.empty());
}

TEST(Configuration, an_unknown_key_is_a_warning_that_names_it_and_not_its_value) {
    const auto read = read_configuration(environment({}), "convene.toml", "[discord]\ntokne = \"secret\"\n");
    ASSERT_EQ(read.warnings.size(), 1u);
    EXPECT_THAT(read.warnings[0], HasSubstr("discord.tokne"));
    EXPECT_THAT(read.warnings[0], Not(HasSubstr("secret")));
}

TEST(Configuration, every_fault_of_the_file_is_reported_with_its_place) {
    try {
        (void)read_configuration(environment({}), "convene.toml",
                                 "DISCORD_TOKEN = [1]\nDISCORD_GUILD_ID = 1.5\n");
        FAIL() << "a list is no token";
    } catch (const BadInput& error) {
        EXPECT_EQ(error.faults().size(), 2u);
        EXPECT_EQ(error.source(), "convene.toml");
    }
    EXPECT_THROW((void)read_configuration(environment({}), "convene.toml", "this is = = not toml"), BadInput);
}

TEST(Configuration, the_timeout_is_in_seconds_and_nothing_else_is_taken_for_one) {
    const auto timeout = [](const std::string& text) {
        return read_configuration(environment({{"DISCORD_TIMEOUT_SECONDS", text}}), "convene.toml", {})
            .configuration.discord_timeout;
    };
    EXPECT_EQ(read_configuration(environment({}), "convene.toml", {}).configuration.discord_timeout,
              std::chrono::seconds(10));
    EXPECT_EQ(timeout("2.5"), std::chrono::milliseconds(2500));
    for (const char* wrong : {"0", "-1", "ten", "5s", "1e9", "nan"}) {
        EXPECT_THROW((void)timeout(wrong), BadInput) << wrong;
    }
}

TEST(Configuration, a_database_url_is_shown_without_its_password) {
    EXPECT_EQ(without_secrets("postgresql://ann:hunter2@db/courses"), "postgresql://ann:***@db/courses");
    EXPECT_EQ(without_secrets("postgresql://ann:p@ss:w@db/courses"), "postgresql://ann:***@db/courses");
    EXPECT_EQ(without_secrets("postgresql://db/courses?user=ann&password=hunter2&x=1"),
              "postgresql://db/courses?user=ann&password=***&x=1");
    EXPECT_EQ(without_secrets("postgresql://db:5433/courses"), "postgresql://db:5433/courses");
    EXPECT_EQ(without_secrets("sqlite:convene.db"), "sqlite:convene.db");
}

}  // namespace
}  // namespace convene::cli
