// An administrator types commands while the bot's connection suffers every accident that the sandbox can
// order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <thread>

#include "app/queries/runs.h"
#include "tests/e2e/bot_rehearsal.h"
#include "tests/support/postgres_server.h"

namespace convene::test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

struct DatabaseKind {
    const char* name;
    std::function<std::string()> url;
};

/// 24 people who are in no other cohort.
std::string cohort_of_its_own(int number) {
    json cohort = json::parse(std::ifstream(instance("24")));
    const std::string mark = std::to_string(number);
    cohort["cohort"]["name"] = "Chaos " + mark;
    for (json& person : cohort["people"]) {
        person["email"] = mark + "-" + person["id"].get<std::string>() + "@example.org";
        person.erase("discord_id");
    }
    return cohort.dump();
}

class GatewayChaos : public ::testing::TestWithParam<DatabaseKind> {
protected:
    static constexpr int kKinds = 9;  ///< of accidents

    GatewayChaos() : rehearsal_(GetParam().url()) {
        rehearsal_.use(sandbox_);
        // What happens in which order is tested here, not how fast: a laden machine may take its time.
        sandbox_.post(
            "/settings",
            {{"heartbeat_interval_ms", 1500}, {"identify_interval_ms", 0}, {"interaction_ack_ms", 60'000}});
        for (int i = 1; i <= kKinds; ++i) {
            const auto file = rehearsal_.folder().write("cohort.json", cohort_of_its_own(i));
            cohorts_.push_back(std::to_string(rehearsal_.json({"import", file}).at("cohort_id").get<int>()));
        }
        start_bot();
    }
    ~GatewayChaos() override { EXPECT_EQ(bot_->stop().exit_code, 0); }

    void start_bot() {
        bot_ = std::make_unique<BotProgram>(rehearsal_, std::vector<std::string>{"--time-limit", "20"});
        ASSERT_TRUE(soon([&] { return connected(); }));
    }
    void type(const std::string& command, const std::string& cohort) {
        typed_.push_back(admin_.type(command, {{"cohort", cohort}}));
    }
    void accident(json order) { sandbox_.post("/gateway", order); }
    bool connected() const {
        const json gateway = sandbox_.get("/gateway");
        const json& sessions = gateway.at("sessions");
        return std::any_of(sessions.begin(), sessions.end(),
                           [](const json& session) { return !session.at("connection").is_null(); });
    }
    /// An event that waits to be overtaken waits for ever when nothing more happens.
    void let_go_what_is_held_back() {
        const auto waiting = [&] {
            const json gateway = sandbox_.get("/gateway");
            const json& accidents = gateway.at("accidents");
            return std::any_of(accidents.begin(), accidents.end(),
                               [](const json& order) { return order.at("action") != "lose_acks"; });
        };
        for (int i = 0; i < 20 && waiting(); ++i) type("groups", cohorts_.front());
    }
    /// What Discord has sent into a session that it then ends is not sent again: no command may be on its
    /// way.
    bool everything_acknowledged() {
        return soon([&] {
            return std::all_of(typed_.begin(), typed_.end(),
                               [&](const auto& id) { return admin_.answer(id).at("acknowledged") == true; });
        });
    }
    int happened(const std::string& what) const {
        const json gateway = sandbox_.get("/gateway");
        const json& history = gateway.at("history");
        return static_cast<int>(std::count_if(history.begin(), history.end(),
                                              [&](const json& entry) { return entry.at("what") == what; }));
    }

    void strike(int kind) {
        ASSERT_TRUE(soon([&] { return connected(); })) << "an accident needs somebody to befall";
        switch (kind) {
            case 0:
                return accident({{"action", "drop"}});
            case 1:
                return accident({{"action", "close"}, {"code", 4000}});
            case 2:
                return accident({{"action", "reconnect"}});
            case 3:
                return accident({{"action", "invalid_session"}, {"resumable", true}});
            case 4:
                return accident({{"action", "lose_acks"}});
            case 5:
                return accident({{"action", "duplicate"}, {"event", "INTERACTION_CREATE"}});
            case 6:
                return accident({{"action", "reorder"}, {"event", "INTERACTION_CREATE"}, {"count", 2}});
            case 7:
                bot_->kill();
                typed_before_kill_ = typed_.size();
                return start_bot();
            default: {
                let_go_what_is_held_back();
                ASSERT_TRUE(everything_acknowledged());
                ++sessions_ended_;
                const int before = happened("identified");
                accident({{"action", "invalid_session"}});
                ASSERT_TRUE(soon([&] { return happened("identified") > before && connected(); }));
            }
        }
    }

    SandboxProgram sandbox_;
    Rehearsal rehearsal_;
    std::vector<std::string> cohorts_;
    User admin_{sandbox_, sandbox_.admin()};
    std::unique_ptr<BotProgram> bot_;
    std::vector<std::string> typed_;
    int sessions_ended_ = 0;
    std::size_t typed_before_kill_ = 0;
};

INSTANTIATE_TEST_SUITE_P(
    On, GatewayChaos,
    ::testing::Values(DatabaseKind{"SQLite", [] { return std::string(); }},
                      DatabaseKind{"PostgreSQL", [] { return PostgresServer::shared().create_database(); }}),
    [](const auto& each) { return each.param.name; });

TEST_P(GatewayChaos, every_command_is_answered_once_none_lost_and_none_run_twice) {
    std::mt19937 random(20);
    int number = 0;
    for (const std::string& cohort : cohorts_) {
        const int kind = number++ % kKinds;  // each accident at least once
        if (random() % 2 == 0) {
            strike(kind);
            type("schedule", cohort);
        } else {
            type("schedule", cohort);
            strike(kind);
        }
        type("unplaced", cohort);
        strike(static_cast<int>(random() % 7));
        type("groups", cohort);
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 600));
    }
    let_go_what_is_held_back();

    for (const std::string& id : typed_) EXPECT_FALSE(admin_.result(id, 60s).is_null()) << admin_.answer(id);
    for (std::size_t i = 0; i < typed_.size(); ++i) {
        const json interaction = admin_.answer(typed_[i]);
        const auto times = [&](const std::string& what) {
            const json& history = interaction.at("history");
            return std::count_if(history.begin(), history.end(), [&](const json& step) {
                return step.at("what").get<std::string>().starts_with(what);
            });
        };
        EXPECT_EQ(interaction.at("status"), "answered") << interaction;
        EXPECT_EQ(times("deferred") + times("message"), 1) << interaction;
        // What a killed bot had acknowledged and not yet noted, the next one acknowledges again: in vain.
        EXPECT_LE(times("refused"), i < typed_before_kill_ ? 1 : 0) << interaction;
        EXPECT_TRUE(interaction.at("followups").empty()) << interaction;
    }
    for (const std::string& cohort : cohorts_) {
        const json history = rehearsal_.json({"runs", cohort});
        int done = 0;
        for (const json& run : history.at("runs")) {
            if (wrote_plan(run.at("status").get<std::string>()))
                ++done;
            else
                EXPECT_EQ(run.at("status"), kCrashed) << history;
        }
        EXPECT_EQ(done, 1) << history;
    }
    EXPECT_EQ(happened("no heartbeat"), 0) << "a heartbeat was late";
    EXPECT_EQ(happened("identified"), 1 + sessions_ended_) << "an Identify without need";
    EXPECT_GE(sessions_ended_, 1);
    EXPECT_GE(happened("resumed"), 6);
    for (const json& request : sandbox_.get("/requests?after=0"))
        EXPECT_TRUE(request.at("violation").is_null()) << request;
}

}  // namespace
}  // namespace convene::test
