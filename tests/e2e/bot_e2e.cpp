// The bot as people meet it: started, typed at, killed and started again.
#include <gmock/gmock.h>

#include <algorithm>

#include "app/queries/runs.h"
#include "tests/e2e/bot_rehearsal.h"
#include "tests/support/postgres_server.h"

namespace convene::test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr const char* kFutureMonday = "2035-01-15";
constexpr std::int64_t kFirstUser = 7'000'000'000'000'000'000;
constexpr std::int64_t kPeoplePerCohort = 1000;

struct DatabaseKind {
    const char* name;
    std::function<std::string()> url;
};

class Bot : public ::testing::TestWithParam<DatabaseKind> {
protected:
    Bot() : rehearsal_(GetParam().url()), admin_(sandbox_, sandbox_.admin()) { rehearsal_.use(sandbox_); }

    /// \returns the cohort's id
    std::string import(const std::string& instance_name, const std::string& name) {
        const auto file = rehearsal_.folder().write(
            name + ".json", cohort_on_discord(instance_name, name, kFutureMonday,
                                              kFirstUser + kPeoplePerCohort * imported_++));
        return std::to_string(rehearsal_.json({"import", file}).at("cohort_id").get<int>());
    }
    /// Those that wrote groups; a killed one and one with nothing to do have a record, too.
    int count_schedules(const std::string& cohort) {
        const json all = rehearsal_.json({"runs", cohort}).at("runs");
        return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const json& run) {
            return run.at("kind") == "schedule" && wrote_plan(run.at("status").get<std::string>());
        }));
    }
    std::vector<json> channel_messages() const { return test::channel_messages(sandbox_); }
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
    int imported_ = 0;
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
    EXPECT_EQ(choices[0].at("name"), "AI Safety - Jan 2035 (69 pending)");
    const std::string scheduling = admin_.type("schedule", {{"cohort", choices[0].at("value")}});
    const json scheduled = admin_.result(scheduling);
    ASSERT_FALSE(scheduled.is_null()) << admin_.answer(scheduling).dump(1);
    EXPECT_LT(scheduled.at("ack_ms").get<double>(), 3000);
    const std::string text = text_of(scheduled);
    EXPECT_THAT(text, HasSubstr("AI Safety - Jan 2035: "));
    EXPECT_THAT(text, HasSubstr("Facilitator: "));
    EXPECT_THAT(text, HasSubstr("<t:"));
    EXPECT_EQ(count_schedules(cohort), 1);

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
    sandbox_.post("/clock", {{"advance_seconds", 4}});
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
    const json people = json::parse(std::ifstream(instance("60"))).at("people");
    const auto person = std::find_if(people.begin(), people.end(), [&](const json& candidate) {
        return candidate.at("name") == groups[0].at("members")[1].at("name");
    });
    const std::string late = std::to_string(kFirstUser + (person - people.begin()));
    sandbox_.post("/members", {{"id", late}, {"username", "late"}});
    const User newcomer(sandbox_, late);
    const auto sees = [&] { return newcomer.visible_channels(); };
    EXPECT_TRUE(soon([&] { return sees().size() == 4; })) << late;
    EXPECT_THAT(sees(), UnorderedElementsAre("general", "AI Safety - Jan 2035", "group-1", "Group 1 Voice"));

    EXPECT_EQ(sandbox_.channels_of_type(2).size(), groups.size()) << "each group has one voice channel";
    EXPECT_EQ(count_schedules(cohort), 1) << "the second /schedule found nothing to do";
    EXPECT_THAT(sandbox_.get("/leaks").at("leaks"), IsEmpty());
    EXPECT_THAT(violations(), IsEmpty());
    const ProgramResult ended = bot->stop();
    EXPECT_EQ(ended.exit_code, 0);
    if (HasFailure()) std::cout << ended.err;
}

TEST_P(Bot, a_command_killed_at_any_moment_is_done_once_and_reported) {
    auto bot = std::make_unique<BotProgram>(rehearsal_);
    int number = 0;
    for (const auto moment : {0ms, 20ms, 60ms, 120ms, 250ms, 500ms}) {
        const std::string cohort = import("60", "Cohort " + std::to_string(++number));
        const std::string scheduling = admin_.type("schedule", {{"cohort", cohort}});
        std::this_thread::sleep_for(moment);
        bot->kill();
        bot = std::make_unique<BotProgram>(rehearsal_);
        const json scheduled = admin_.result(scheduling);
        ASSERT_FALSE(scheduled.is_null()) << moment.count() << " ms\n" << admin_.answer(scheduling).dump(1);
        EXPECT_EQ(count_schedules(cohort), 1) << moment.count() << " ms";
        EXPECT_THAT(text_of(scheduled), HasSubstr("Facilitator: ")) << moment.count() << " ms";
    }
    EXPECT_THAT(channel_messages(), IsEmpty()) << "each was answered where it was asked";
}

TEST_P(Bot, pages_can_be_turned_after_a_restart) {
    const std::string cohort = import("60", "Spring");
    auto bot = std::make_unique<BotProgram>(rehearsal_);
    const std::string scheduling = admin_.type("schedule", {{"cohort", cohort}});
    const json scheduled = admin_.result(scheduling);
    ASSERT_FALSE(scheduled.is_null());
    EXPECT_EQ(bot->stop().exit_code, 0);
    bot = std::make_unique<BotProgram>(rehearsal_);
    (void)admin_.press(scheduled, "Next");
    EXPECT_TRUE(soon([&] { return admin_.answer(scheduling).at("embeds") != scheduled.at("embeds"); }));
    EXPECT_THAT(admin_.answer(scheduling).at("embeds")[0].at("footer").at("text").get<std::string>(),
                HasSubstr("Page 2 of 2"));
}

TEST_P(Bot, a_second_asker_is_told_and_a_stopped_bot_goes_on_and_reports_in_the_channel) {
    const std::string cohort = import("60", "Spring");
    (void)rehearsal_.json({"schedule", cohort});
    auto bot = std::make_unique<BotProgram>(rehearsal_);
    const std::string realizing = admin_.type("realize-groups", {{"cohort", cohort}});
    ASSERT_TRUE(soon([&] { return sandbox_.channels_of_type(0).size() > 2; }));
    const std::string second = admin_.type("realize-groups", {{"cohort", cohort}});
    ASSERT_TRUE(soon([&] { return admin_.answer(second).at("status") == "answered"; }));
    EXPECT_THAT(admin_.answer(second).at("content").get<std::string>(), HasSubstr("under way already"));
    EXPECT_TRUE(admin_.answer(second).at("ephemeral").get<bool>());

    EXPECT_EQ(bot->stop().exit_code, 0);
    EXPECT_THAT(admin_.answer(realizing).at("content").get<std::string>(), HasSubstr("restarted"));
    // A quarter of an hour later the token has died: the channel hears of it, and the answer that said
    // "restarted" shows the way.
    sandbox_.post("/clock", {{"advance_seconds", 901}});
    bot = std::make_unique<BotProgram>(rehearsal_);
    std::string result;
    EXPECT_TRUE(soon([&] {
        for (const json& message : channel_messages()) {
            const auto content = message.at("content").get<std::string>();
            if (content.find("your `/realize-groups` is done") != std::string::npos)
                result = message.at("id");
        }
        return !result.empty();
    }));
    const auto old_answer = [&] { return admin_.answer(realizing).at("content").get<std::string>(); };
    EXPECT_TRUE(soon([&] { return old_answer().find("restarted") == std::string::npos; }));
    EXPECT_THAT(old_answer(), HasSubstr("the result stands [below](https://discord.com/channels/" +
                                        sandbox_.guild() + "/"));
    EXPECT_THAT(old_answer(), HasSubstr("/" + result + ")"));
    const std::size_t groups = rehearsal_.json({"groups", cohort}).at("groups").size();
    EXPECT_EQ(sandbox_.channels_of_type(2).size(), groups) << "each group has one voice channel";
}

TEST_P(Bot, over_http_the_same_commands_are_answered_without_a_gateway) {
    const std::string cohort = import("24", "Small");
    BotProgram bot(rehearsal_, {"--interactions", "0", "--metrics-port", "0"});
    ASSERT_THAT(bot.lines, SizeIs(2));
    const json accepted =
        sandbox_.ask_json("/endpoint", {{"url", bot.lines[0].substr(std::string("interactions ").size())}});
    ASSERT_FALSE(accepted.contains("error")) << accepted.dump();
    EXPECT_THAT(admin_.choices("schedule", "small"), SizeIs(1));
    const json scheduled = admin_.result(admin_.type("schedule", {{"cohort", cohort}}));
    ASSERT_FALSE(scheduled.is_null());
    EXPECT_EQ(count_schedules(cohort), 1);
    EXPECT_THAT(sandbox_.get("/gateway").at("sessions"), IsEmpty());

    const std::string metrics = bot.lines[1].substr(std::string("metrics ").size());
    EXPECT_THAT(ask(metrics), HasSubstr("convene_jobs_total{command=\"schedule\"} 1"));
    EXPECT_EQ(ask(metrics.substr(0, metrics.rfind('/')) + "/healthz"), "ok\n");
    EXPECT_EQ(bot.stop().exit_code, 0);
}

TEST_P(Bot, the_doctor_finds_nothing_wrong_and_then_what_is_wrong_by_name) {
    (void)import("24", "Small");
    const ProgramResult good = rehearsal_.convene({"doctor"});
    EXPECT_EQ(good.exit_code, 0) << good.out;
    EXPECT_EQ(rehearsal_.convene({"doctor", "--members-intent"}).exit_code, 1) << "it is switched off";
    ProgramOptions options = rehearsal_.options();
    options.environment["DISCORD_GUILD_ID"] = "123456789012345678";
    const ProgramResult other_server = run_program(CONVENE_PROGRAM, {"doctor"}, options);
    EXPECT_EQ(other_server.exit_code, 1);
    EXPECT_THAT(other_server.out, HasSubstr("DISCORD_GUILD_ID"));
    EXPECT_THAT(other_server.out, HasSubstr("permissions=17601047645328"));
    const std::string token = options.environment.at("DISCORD_TOKEN");
    options = rehearsal_.options();
    options.environment["DISCORD_TOKEN"] = token + "x";
    const ProgramResult wrong_token = run_program(CONVENE_PROGRAM, {"doctor"}, options);
    EXPECT_EQ(wrong_token.exit_code, 1);
    EXPECT_THAT(wrong_token.out, HasSubstr("token"));
    EXPECT_THAT(wrong_token.out + wrong_token.err, Not(HasSubstr(token)));
}

TEST_P(Bot, two_bots_on_one_database_run_each_command_once) {
    const std::string cohort = import("24", "Small");
    BotProgram first(rehearsal_);
    BotProgram second(rehearsal_);
    const std::string scheduling = admin_.type("schedule", {{"cohort", cohort}});
    const json scheduled = admin_.result(scheduling);
    ASSERT_FALSE(scheduled.is_null());
    EXPECT_EQ(count_schedules(cohort), 1);
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
