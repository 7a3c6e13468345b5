// An evening with the bot, which is killed twice on the way, in each mode of the sandbox: what Discord's
// documentation leaves open makes no difference to people.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/discord_sandbox/modes.h"
#include "tests/e2e/bot_rehearsal.h"

namespace convene::test {
namespace {

using convene::discord::Mode;
using nlohmann::json;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

/// The modes in as few sets as their settings allow: whoever sets the same thing twice is in two sets.
std::vector<Mode> sets_of_modes() {
    std::vector<Mode> sets;
    for (const Mode& mode : convene::discord::modes()) {
        json settings = mode.settings;
        settings.erase("channels_per_guild");  // made for two groups
        const auto fits = [&](const Mode& set) {
            return std::none_of(settings.items().begin(), settings.items().end(),
                                [&](const auto& item) { return set.settings.contains(item.key()); });
        };
        // The defaults stay by themselves.
        const auto set = sets.empty() ? sets.end() : std::find_if(sets.begin() + 1, sets.end(), fits);
        if (set == sets.end()) {
            sets.push_back({"set_" + std::to_string(sets.size() + 1), settings});
        } else {
            set->settings.update(settings);
        }
    }
    return sets;
}

constexpr std::int64_t kFirstUser = 7'000'000'000'000'000'000;

/// As cohort_on_discord() gives them out.
std::string discord_id_of(const std::string& name) {
    const json people = json::parse(std::ifstream(instance("24"))).at("people");
    const auto person = std::find_if(people.begin(), people.end(),
                                     [&](const json& candidate) { return candidate.at("name") == name; });
    if (person == people.end()) throw std::runtime_error("nobody is called " + name);
    return std::to_string(kFirstUser + (person - people.begin()));
}

class BotInEveryMode : public ::testing::TestWithParam<Mode> {
protected:
    BotInEveryMode() : admin_(sandbox_, sandbox_.admin()) {
        rehearsal_.use(sandbox_);
        json settings = GetParam().settings;
        settings["guild_members_intent"] = true;
        sandbox_.post("/settings", settings);
    }
    void start_bot() {
        bot_ = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--members-intent"});
    }
    void kill_bot_and_start_another() {
        bot_->kill();
        start_bot();
    }
    json outcome(const std::string& interaction) const {
        json result = admin_.result(interaction);
        EXPECT_FALSE(result.is_null()) << admin_.answer(interaction).dump(1);
        return result.is_null() ? json{{"embeds", json::array()}} : result;
    }

    SandboxProgram sandbox_;
    Rehearsal rehearsal_;
    User admin_;
    std::unique_ptr<BotProgram> bot_;
};

TEST_P(BotInEveryMode, a_cohort_is_scheduled_and_housed_and_a_late_member_finds_their_channel) {
    const auto file = rehearsal_.folder().write(
        "cohort.json", cohort_on_discord("24", "AI Safety - Jan 2035", "2035-01-15", kFirstUser));
    const std::string cohort = std::to_string(rehearsal_.json({"import", file}).at("cohort_id").get<int>());
    start_bot();

    json choices;
    // The bot says that it is ready a moment before its session is.
    ASSERT_TRUE(soon([&] { return (choices = admin_.choices("schedule", "safety")).size() == 1; }));
    const std::string scheduling = admin_.type("schedule", {{"cohort", choices[0].at("value")}});
    kill_bot_and_start_another();
    EXPECT_THAT(text_of(outcome(scheduling)), HasSubstr("AI Safety - Jan 2035: "));
    const std::string realizing = admin_.type("realize-groups", {{"cohort", cohort}});
    ASSERT_TRUE(soon([&] { return sandbox_.channels_of_type(0).size() > 1; }));
    kill_bot_and_start_another();
    EXPECT_THAT(text_of(outcome(realizing)), HasSubstr("the homes are ready"));
    const json groups = rehearsal_.json({"groups", cohort}).at("groups");
    ASSERT_FALSE(groups.empty());

    const std::string late = discord_id_of(groups[0].at("members")[1].at("name"));
    // An overwrite so soon after its channel may be lost without a word; nobody joins that fast.
    sandbox_.post("/clock", {{"advance_seconds", 10}});
    sandbox_.post("/members", {{"id", late}, {"username", "late"}});
    const User newcomer(sandbox_, late);
    EXPECT_TRUE(soon([&] { return newcomer.visible_channels().size() == 4; }, 20s)) << late;
    EXPECT_THAT(newcomer.visible_channels(),
                UnorderedElementsAre("general", "AI Safety - Jan 2035", "group-1", "Group 1 Voice"));

    EXPECT_THAT(sandbox_.channels_of_type(2), SizeIs(groups.size())) << "each group has one voice channel";
    EXPECT_THAT(sandbox_.get("/leaks").at("leaks"), IsEmpty());
    for (const json& request : sandbox_.get("/requests?after=0")) {
        EXPECT_TRUE(request.at("violation").is_null()) << request.dump();
    }
    for (const json& message : channel_messages(sandbox_)) {
        EXPECT_THAT(message.at("content").get<std::string>(), Not(HasSubstr("is done")))
            << "each command is answered where it was asked";
    }
    EXPECT_EQ(bot_->stop().exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(Modes, BotInEveryMode, ::testing::ValuesIn(sets_of_modes()),
                         [](const auto& mode) { return mode.param.name; });

}  // namespace
}  // namespace convene::test
