// What becomes of a command when the bot dies before it could write it down.
#include <gmock/gmock.h>

#include <algorithm>

#include "app/queries/runs.h"
#include "storage/sql/postgres_connection.h"
#include "storage/sql/sqlite_connection.h"
#include "storage/sql/transactor.h"
#include "tests/e2e/bot_rehearsal.h"
#include "tests/support/postgres_server.h"

namespace convene::test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using ::testing::IsEmpty;

/// While it lives no command is stored.
class StoreHeld {
public:
    explicit StoreHeld(const std::string& url)
        : connection_(url.starts_with("sqlite:") ? storage::make_sqlite_connection(url.substr(7), false)
                                                 : storage::make_postgres_connection(url)) {
        connection_->begin(storage::TransactionMode::write);
        connection_->lock_until_commit(storage::lock_key("bot intake"));
    }
    ~StoreHeld() { connection_->rollback(); }
    StoreHeld(const StoreHeld&) = delete;
    StoreHeld& operator=(const StoreHeld&) = delete;

private:
    std::unique_ptr<storage::Connection> connection_;
};

struct DatabaseKind {
    const char* name;
    std::function<std::string()> url;
};

class TakenIn : public ::testing::TestWithParam<DatabaseKind> {
protected:
    TakenIn() : rehearsal_(GetParam().url()), admin_(sandbox_, sandbox_.admin()) {
        rehearsal_.use(sandbox_);
        const auto file = rehearsal_.folder().write(
            "cohort.json", cohort_on_discord("24", "Small", "2035-01-15", 7'000'000));
        cohort_ = std::to_string(rehearsal_.json({"import", file}).at("cohort_id").get<int>());
    }

    std::unique_ptr<BotProgram> bot_over_http() {
        auto bot = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--interactions", "0"});
        const json accepted = sandbox_.ask_json(
            "/endpoint", {{"url", bot->lines.at(0).substr(std::string("interactions ").size())}});
        EXPECT_FALSE(accepted.contains("error")) << accepted;
        return bot;
    }
    std::string schedule() const { return admin_.type("schedule", {{"cohort", cohort_}}); }
    /// What the endpoint replied to Discord for this interaction; empty when it has not.
    std::string reply_to(const std::string& interaction) const {
        const json endpoint = sandbox_.get("/endpoint");
        for (const json& entry : endpoint.at("history")) {
            if (entry.value("detail", "") == interaction) return entry.at("what");
        }
        return "";
    }
    int schedules() const {
        const json all = rehearsal_.json({"runs", cohort_}).at("runs");
        return static_cast<int>(std::count_if(all.begin(), all.end(), [](const json& run) {
            return wrote_plan(run.at("status").get<std::string>());
        }));
    }

    SandboxProgram sandbox_;
    Rehearsal rehearsal_;
    User admin_;
    std::string cohort_;
};

INSTANTIATE_TEST_SUITE_P(
    On, TakenIn,
    ::testing::Values(DatabaseKind{"SQLite", [] { return std::string(); }},
                      DatabaseKind{"PostgreSQL", [] { return PostgresServer::shared().create_database(); }}),
    [](const auto& each) { return each.param.name; });

TEST_P(TakenIn, over_http_a_command_is_accepted_once_it_is_stored_and_then_survives) {
    auto bot = bot_over_http();
    auto held = std::make_unique<StoreHeld>(rehearsal_.database_url());
    const std::string scheduling = schedule();
    EXPECT_FALSE(soon([&] { return !reply_to(scheduling).empty(); }, 1s)) << reply_to(scheduling);
    held.reset();
    ASSERT_TRUE(soon([&] { return !reply_to(scheduling).empty(); }));
    bot->kill();
    EXPECT_EQ(reply_to(scheduling), "accepted");
    bot = bot_over_http();
    EXPECT_FALSE(admin_.result(scheduling).is_null()) << admin_.answer(scheduling).dump(1);
    EXPECT_EQ(schedules(), 1);
}

TEST_P(TakenIn, over_http_a_command_that_cannot_be_stored_in_time_is_not_accepted) {
    auto bot = bot_over_http();
    {
        const StoreHeld held(rehearsal_.database_url());
        const std::string scheduling = schedule();
        ASSERT_TRUE(soon([&] { return !reply_to(scheduling).empty(); }, 10s));
        EXPECT_EQ(reply_to(scheduling), "endpoint answered 503") << "Discord says so to whoever asked";
        bot->kill();
    }
    bot = bot_over_http();
    EXPECT_FALSE(admin_.result(schedule()).is_null()) << "and it can be asked again";
    EXPECT_EQ(schedules(), 1);
}

TEST_P(TakenIn, on_the_gateway_discord_is_asked_again_for_a_command_that_was_not_stored) {
    sandbox_.post("/settings", {{"interaction_ack_ms", 60'000}});
    auto bot = std::make_unique<BotProgram>(rehearsal_);
    std::string scheduling;
    {
        const StoreHeld held(rehearsal_.database_url());
        scheduling = schedule();
        // Longer than the bot waits before it notes how far it has heard. PostgreSQL would take the note now;
        // SQLite holds it back with everything else.
        std::this_thread::sleep_for(1500ms);
        EXPECT_EQ(admin_.answer(scheduling).at("acknowledged"), false);
        bot->kill();
    }
    bot = std::make_unique<BotProgram>(rehearsal_);
    EXPECT_FALSE(admin_.result(scheduling).is_null()) << admin_.answer(scheduling).dump(1);
    EXPECT_EQ(schedules(), 1);
    EXPECT_THAT(channel_messages(sandbox_), IsEmpty());
}

}  // namespace
}  // namespace convene::test
