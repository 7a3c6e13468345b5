#include "discord/bot/intake.h"

#include <gmock/gmock.h>

#include <map>
#include <nlohmann/json.hpp>

#include "app/failure.h"
#include "tests/discord/support/scripted_transport.h"
#include "tests/support/memory_store.h"
#include "zones/iana_zones.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;
using test::refusal;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Remembers jobs and the order in which things were done.
class RememberedJobs final : public JobStore {
public:
    std::map<std::string, BotJob> jobs;
    bool broken = false;
    bool confused = false;

    JobIntake take_in(const BotJob& job) override {
        if (broken) throw StoreFailure("take_in", "no server", Retry::safe);
        if (confused) throw std::out_of_range("map::at");
        for (const auto& [id, other] : jobs) {
            if (other.interaction_id == job.interaction_id) return {JobIntake::Answer::known, other};
            if (job.exclusive && other.cohort_id == job.cohort_id && other.state != JobState::reported)
                return {JobIntake::Answer::in_turn, other};
        }
        jobs[job.job_id] = job;
        return {};
    }
    std::optional<BotJob> find_job(const std::string& id) override {
        return jobs.contains(id) ? std::optional(jobs.at(id)) : std::nullopt;
    }
    bool settle_job(const std::string& id, const std::string&) override {
        jobs.at(id).state = JobState::reported;
        return true;
    }
    std::unique_ptr<CohortLock> try_hold_owner(const std::string&) override { return nullptr; }
    std::vector<BotJob> adopt_jobs(const std::string&) override { return {}; }
    bool begin_job(const std::string&, const std::string&) override { return false; }
    bool park_job(const std::string&, const std::string&) override { return false; }
    bool finish_job(const std::string&, const std::string&, const std::string&) override { return false; }
    void forget_jobs(Instant) override {}
    void save_session(const std::string&, const std::string&) override {}
    std::optional<std::string> inherit_session(const std::string&) override { return std::nullopt; }
};

class MemoryDatabase final : public Database {
public:
    convene::test::MemoryStore cohort_store;
    RememberedJobs job_store;
    convene::test::MemorySchema schema_manager;

    CohortStore& cohorts() override { return cohort_store; }
    RealizationStore& realization() override { std::abort(); }
    JobStore& jobs() override { return job_store; }
    SchemaManager& schema() override { return schema_manager; }
};

struct IntakeTest : testing::Test {
    IntakeTest() {
        for (auto& command : all_slash_commands()) {
            const std::string name = command->definition().name;
            commands[name] = std::move(command);
        }
        settings.guild_id = "5";
        cohort = database.cohort_store.add_cohort("AI Safety - Jan 2025");
        database.cohort_store.add_participant(cohort, "p1", "Europe/London", "Tue 18:00-20:00");
    }

    static Interaction typed(const std::string& cohort_text = "1", const std::string& id = "11") {
        Interaction interaction;
        interaction.id = id;
        interaction.token = "tok" + id;
        interaction.type = InteractionType::command;
        interaction.guild_id = "5";
        interaction.channel_id = "6";
        interaction.user_id = "77";
        interaction.permissions = permission::kAdministrator;
        interaction.command = "schedule";
        interaction.options = {{"cohort", cohort_text, false}};
        return interaction;
    }
    void handle(const Interaction& interaction) {
        intake.handle(database, interaction, std::chrono::steady_clock::now(),
                      [this] { answers_when_stored.push_back(transport->asked.size()); });
    }
    [[nodiscard]] Json last_answer() const { return Json::parse(transport->asked.back().body); }
    [[nodiscard]] std::string last_text() const { return last_answer()["data"]["content"]; }

    std::shared_ptr<test::ScriptedTransport> transport = std::make_shared<test::ScriptedTransport>();
    std::shared_ptr<RestClient> client = test::client_over(transport);
    InteractionApi api{client, client, "9"};
    zones::IanaZones zones;
    convene::test::SetClock clock{Instant{}};
    BotSettings settings;
    BotSurroundings around{{}, zones, clock, client, client, {}};
    SlashCommands commands;
    Metrics metrics;
    MemoryDatabase database;
    CohortId cohort;
    std::vector<BotJob> taken;
    std::vector<std::size_t> answers_when_stored;  ///< how often Discord had been asked by then
    Intake intake{
        settings, around, commands, api, metrics, "me", [this](const BotJob& job) { taken.push_back(job); }};
};

TEST_F(IntakeTest, a_command_is_stored_then_acknowledged_then_handed_over) {
    handle(typed("ai safety"));
    ASSERT_THAT(database.job_store.jobs, SizeIs(1));
    ASSERT_THAT(taken, SizeIs(1));
    EXPECT_EQ(taken[0].cohort_id, cohort);
    EXPECT_EQ(taken[0].owner, "me");
    EXPECT_EQ(last_answer(), Json::parse(R"({"type":5})"));
    EXPECT_EQ(answers_when_stored, std::vector<std::size_t>{0}) << "stored first";
}

TEST_F(IntakeTest, without_the_database_nothing_is_acknowledged_as_begun) {
    database.job_store.broken = true;
    handle(typed());
    EXPECT_THAT(taken, IsEmpty());
    EXPECT_EQ(last_answer()["type"], 4);
    EXPECT_THAT(last_text(), HasSubstr("nothing was begun"));
    EXPECT_THAT(answers_when_stored, IsEmpty());
}

TEST_F(IntakeTest, an_unexpected_error_is_answered_too) {
    database.job_store.confused = true;
    handle(typed());
    EXPECT_EQ(last_answer()["type"], 4);
    EXPECT_THAT(last_text(), HasSubstr("An error inside the bot"));
}

TEST_F(IntakeTest, only_administrators_whatever_discord_let_through) {
    Interaction interaction = typed();
    interaction.permissions = ~permission::kAdministrator;
    handle(interaction);
    EXPECT_THAT(last_text(), HasSubstr("Only administrators"));
    EXPECT_EQ(last_answer()["data"]["flags"], 64);
    interaction.type = InteractionType::autocomplete;
    interaction.options = {{"cohort", "ai", true}};
    handle(interaction);
    EXPECT_THAT(last_answer()["data"]["choices"], IsEmpty()) << "names of cohorts are not for everybody";
    interaction.type = InteractionType::component;
    interaction.custom_id = "convene:page:abc:1:next";
    handle(interaction);
    EXPECT_THAT(last_text(), HasSubstr("Only administrators"));
    EXPECT_THAT(database.job_store.jobs, IsEmpty());
}

TEST_F(IntakeTest, what_is_submitted_is_looked_up_again) {
    handle(typed("AI Safety - Jan 2026"));
    EXPECT_THAT(last_text(), HasSubstr("AI Safety - Jan 2025"));
    EXPECT_THAT(taken, IsEmpty());
    handle(typed("@everyone `x`"));
    EXPECT_EQ(last_answer()["data"]["allowed_mentions"]["parse"], Json::array());
}

TEST_F(IntakeTest, the_same_interaction_again_is_nothing_new_and_a_second_one_is_told_of_the_first) {
    handle(typed("1", "11"));
    const std::size_t requests = transport->asked.size();
    handle(typed("1", "11"));
    EXPECT_EQ(transport->asked.size(), requests) << "its answer was given";
    handle(typed("1", "12"));
    EXPECT_THAT(last_text(), HasSubstr("<@77> asked for it"));
    EXPECT_THAT(taken, SizeIs(1));
}

TEST_F(IntakeTest, another_bot_that_answered_first_keeps_the_command) {
    transport->replies = {refusal(400, 40060)};
    handle(typed());
    EXPECT_THAT(taken, IsEmpty());
    EXPECT_EQ(database.job_store.jobs.begin()->second.state, JobState::reported);
}

TEST_F(IntakeTest, a_command_that_came_too_late_for_an_answer_is_done_all_the_same) {
    transport->replies = {refusal(404, 10062)};
    handle(typed());
    EXPECT_THAT(taken, SizeIs(1));
}

TEST_F(IntakeTest, autocomplete_offers_cohorts_with_their_counts) {
    Interaction interaction = typed();
    interaction.type = InteractionType::autocomplete;
    interaction.options = {{"cohort", "jan", true}};
    handle(interaction);
    EXPECT_EQ(last_answer()["data"]["choices"],
              Json::parse(R"json([{"name":"AI Safety - Jan 2025 (1 pending)","value":"1"}])json"));
}

TEST_F(IntakeTest, commands_of_other_servers_are_not_ours) {
    Interaction interaction = typed();
    interaction.guild_id = "6";
    handle(interaction);
    EXPECT_THAT(last_text(), HasSubstr("another server"));
}

}  // namespace
}  // namespace convene::discord
