// The bot as people meet it: started, typed at, killed and started again.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/e2e/bot_rehearsal.h"
#include "tests/support/postgres_server.h"

namespace convene::test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kFutureMonday = "2035-01-15";

struct DatabaseKind {
    const char* name;
    std::function<std::string()> url;
};

class Bot : public ::testing::TestWithParam<DatabaseKind> {
protected:
    Bot() : rehearsal_(GetParam().url()), admin_(sandbox_, sandbox_.admin()) { rehearsal_.use(sandbox_); }

    /// \returns the cohort's id
    std::string import(const std::string& instance_name, const std::string& name) {
        const auto file =
            rehearsal_.folder().write(name + ".json", cohort_on_discord(instance_name, name, kFutureMonday));
        return std::to_string(rehearsal_.json({"import", file}).at("cohort_id").get<int>());
    }
    json runs(const std::string& cohort) { return rehearsal_.json({"runs", cohort}); }
    int count_runs(const std::string& cohort, const std::string& kind) {
        const json all = runs(cohort);
        return static_cast<int>(
            std::count_if(all.begin(), all.end(), [&](const json& run) { return run.at("kind") == kind; }));
    }
    /// What is said in any channel and is no answer to a command.
    std::vector<json> channel_messages() const {
        std::vector<json> found;
        const json state = sandbox_.get("/state");
        for (const auto& [channel, messages] : state.at("messages").items()) {
            for (const json& message : messages) {
                if (!message.contains("interaction_metadata") || message.at("interaction_metadata").is_null())
                    found.push_back(message);
            }
        }
        return found;
    }
    std::vector<std::string> violations() const {
        std::vector<std::string> found;
        for (const json& request : sandbox_.get("/requests?after=0")) {
            if (!request.at("violation").is_null()) found.push_back(request.dump());
        }
        return found;
    }

    SandboxProgram sandbox_;
    Rehearsal rehearsal_;
    User admin_;
};

INSTANTIATE_TEST_SUITE_P(
    On, Bot,
    ::testing::Values(DatabaseKind{"SQLite", [] { return std::string(); }},
                      DatabaseKind{"PostgreSQL", [] { return PostgresServer::shared().create_database(); }}),
    [](const auto& each) { return each.param.name; });

TEST_P(Bot, an_evening_with_two_crashes) {
    sandbox_.post("/settings", {{"guild_members_intent", true}});
    const std::string cohort = import("60", "AI Safety - Jan 2035");
    auto bot = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--members-intent"});

    // Somebody types /sch, the list helps.
    const json choices = admin_.choices("schedule", "safety");
    ASSERT_THAT(choices, SizeIs(1));
    EXPECT_EQ(choices[0].at("name"), "AI Safety - Jan 2035 (60 pending)");
    const std::string scheduling = admin_.type("schedule", {{"cohort", choices[0].at("value")}});
    const json scheduled = admin_.result(scheduling);
    ASSERT_FALSE(scheduled.is_null()) << admin_.answer(scheduling).dump(1);
    EXPECT_LT(scheduled.at("ack_ms").get<double>(), 3000);
    const std::string text = text_of(scheduled);
    EXPECT_THAT(text, HasSubstr("AI Safety - Jan 2035: "));
    EXPECT_THAT(text, HasSubstr("Facilitator: "));
    EXPECT_THAT(text, HasSubstr("<t:"));
    EXPECT_EQ(count_runs(cohort, "schedule"), 1);

    // The homes are being built when the bot dies.
    const std::string realizing = admin_.type("realize-groups", {{"cohort", cohort}});
    ASSERT_TRUE(soon([&] { return sandbox_.channels_of_type(0).size() > 2; }));
    bot->kill();
    EXPECT_THAT(admin_.answer(realizing).at("embeds"), IsEmpty());
    bot = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--members-intent"});
    const json built = admin_.result(realizing);
    ASSERT_FALSE(built.is_null()) << admin_.answer(realizing).dump(1);
    EXPECT_THAT(text_of(built), HasSubstr("the homes are ready"));

    // It dies again while nobody looks. What is typed meanwhile is not lost: it comes with the resumed
    // session, too late for an answer, and is reported in the channel.
    bot->kill();
    (void)admin_.type("schedule", {{"cohort", cohort}});
    bot = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--members-intent"});
    const auto reported = [&] {
        const auto messages = channel_messages();
        return std::count_if(messages.begin(), messages.end(), [](const json& message) {
            return message.at("content").get<std::string>().find("your `/schedule` is done") !=
                   std::string::npos;
        });
    };
    EXPECT_TRUE(soon([&] { return reported() == 1; }));

    // Somebody of the cohort joins late and sees their channel, and only theirs.
    const json groups = rehearsal_.json({"groups", cohort}).at("groups");
    const std::string late = "7000000000000000" + [&] {
        const json people = json::parse(std::ifstream(instance("60"))).at("people");
        const std::string name = groups[0].at("members")[1].at("name");
        int number = 100;
        for (const json& person : people) {
            if (person.at("name") == name) return std::to_string(number);
            ++number;
        }
        return std::string();
    }();
    sandbox_.post("/members", {{"id", late}, {"username", "late"}});
    const User newcomer(sandbox_, late);
    EXPECT_TRUE(soon([&] { return newcomer.visible_channels().size() >= 3; })) << late;

    EXPECT_EQ(sandbox_.channels_of_type(2).size(), groups.size()) << "each group has one voice channel";
    EXPECT_EQ(count_runs(cohort, "schedule"), 1) << "the second /schedule found nothing to do";
    EXPECT_THAT(sandbox_.get("/leaks").at("leaks"), IsEmpty());
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(bot->stop().exit_code, 0);
}

TEST_P(Bot, a_search_cut_short_by_kill_9_is_done_once_and_reported) {
    const std::string cohort = import("300", "Large");
    auto bot = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--time-limit", "900"});
    const std::string scheduling = admin_.type("schedule", {{"cohort", cohort}});
    ASSERT_TRUE(soon([&] {
        return admin_.answer(scheduling).at("content").get<std::string>().find("users…") != std::string::npos;
    })) << admin_.answer(scheduling).dump(1);

    // Others are told, also when it is the same person who clicks twice.
    const std::string second = admin_.type("schedule", {{"cohort", cohort}});
    ASSERT_TRUE(soon([&] { return admin_.answer(second).at("status") == "answered"; }));
    EXPECT_THAT(admin_.answer(second).at("content").get<std::string>(), HasSubstr("under way already"));
    EXPECT_TRUE(admin_.answer(second).at("ephemeral").get<bool>());

    bot->kill();
    EXPECT_EQ(count_runs(cohort, "schedule"), 0);
    bot = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--time-limit", "5"});
    const json scheduled = admin_.result(scheduling, 240s);
    ASSERT_FALSE(scheduled.is_null()) << admin_.answer(scheduling).dump(1);
    EXPECT_EQ(count_runs(cohort, "schedule"), 1);

    // Pages, by whoever asks and after any restart.
    ASSERT_THAT(scheduled.at("components"), Not(IsEmpty()));
    EXPECT_THAT(text_of(scheduled), HasSubstr("300 participants"));
    bot->stop();
    bot = std::make_unique<BotProgram>(rehearsal_);
    (void)admin_.press(scheduled, "Next");
    EXPECT_TRUE(soon([&] { return admin_.answer(scheduling).at("embeds") != scheduled.at("embeds"); }));
    EXPECT_THAT(admin_.answer(scheduling).at("embeds")[0].at("footer").at("text").get<std::string>(),
                HasSubstr("Page 2 of "));
}

TEST_P(Bot, sigterm_parks_a_search_and_the_next_bot_goes_on) {
    const std::string cohort = import("300", "Large");
    auto bot = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--time-limit", "900"});
    const std::string scheduling = admin_.type("schedule", {{"cohort", cohort}});
    ASSERT_TRUE(soon([&] {
        return admin_.answer(scheduling).at("content").get<std::string>().find("users…") != std::string::npos;
    }));
    EXPECT_EQ(bot->stop().exit_code, 0);
    EXPECT_EQ(count_runs(cohort, "schedule"), 0);
    EXPECT_THAT(admin_.answer(scheduling).at("content").get<std::string>(), HasSubstr("restarted"));

    // A quarter of an hour later the token has died: the channel hears of it.
    sandbox_.post("/clock", {{"advance_seconds", 901}});
    bot = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--time-limit", "5"});
    EXPECT_TRUE(soon(
        [&] {
            const auto messages = channel_messages();
            return std::any_of(messages.begin(), messages.end(), [](const json& message) {
                return message.at("content").get<std::string>().find("your `/schedule` is done") !=
                       std::string::npos;
            });
        },
        240s));
    EXPECT_EQ(count_runs(cohort, "schedule"), 1);
}

TEST_P(Bot, two_bots_on_one_database_run_each_command_once) {
    const std::string cohort = import("24", "Small");
    BotProgram first(rehearsal_);
    BotProgram second(rehearsal_);
    const std::string scheduling = admin_.type("schedule", {{"cohort", cohort}});
    const json scheduled = admin_.result(scheduling);
    ASSERT_FALSE(scheduled.is_null());
    EXPECT_EQ(count_runs(cohort, "schedule"), 1);
    const json history = admin_.answer(scheduling).at("history");
    EXPECT_EQ(std::count_if(history.begin(), history.end(),
                            [](const json& step) { return step.at("what") == "deferred"; }),
              1);
}

TEST_P(Bot, answers_about_people_are_for_the_asker_alone_and_for_administrators_only) {
    const std::string cohort = import("60", "Spring");
    BotProgram bot(rehearsal_);
    const json scheduled = admin_.result(admin_.type("schedule", {{"cohort", "spring"}}));
    ASSERT_FALSE(scheduled.is_null());
    for (const char* command : {"groups", "unplaced"}) {
        const json answer = admin_.result(admin_.type(command, {{"cohort", cohort}}));
        ASSERT_FALSE(answer.is_null()) << command;
        EXPECT_TRUE(answer.at("ephemeral").get<bool>());
    }
    const std::string wrong = admin_.type("groups", {{"cohort", "Sprung"}});
    ASSERT_TRUE(soon([&] { return admin_.answer(wrong).at("status") == "answered"; }));
    EXPECT_THAT(admin_.answer(wrong).at("content").get<std::string>(), HasSubstr("Spring"));
}

}  // namespace
}  // namespace convene::test
