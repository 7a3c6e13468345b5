// Runs that are cut off, and runs that meet: all of it has happened, or nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <functional>
#include <regex>
#include <thread>

#include "tests/e2e/database_dump.h"
#include "tests/e2e/rehearsal.h"

namespace convene::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct DatabaseKind {
    const char* name;
    std::function<std::string()> url;
};

class Interrupted : public ::testing::TestWithParam<DatabaseKind> {
protected:
    /// A rehearsal with the cohort `24` imported as cohort 1.
    static std::unique_ptr<Rehearsal> imported(const std::string& cohort) {
        auto rehearsal = std::make_unique<Rehearsal>(GetParam().url());
        const ProgramResult result = rehearsal->convene({"import", instance(cohort)});
        if (result.exit_code != 0) throw std::runtime_error(result.err);
        return rehearsal;
    }

    /// A run is recorded before it does anything.
    static std::string everything_but_runs(const Rehearsal& rehearsal) {
        // SQLite counts keys in a table of its own.
        static const std::regex last_key("convene_runs\\|[0-9]+\\|\n");
        return std::regex_replace(dump(rehearsal.database_url(), "convene_runs"), last_key, "");
    }

    static void expect_sound_groups(const Rehearsal& rehearsal) {
        const json groups = rehearsal.json({"groups", "1"});
        EXPECT_FALSE(groups.at("groups").empty());
        for (const json& group : groups.at("groups")) EXPECT_THAT(group.at("violations"), IsEmpty());
    }
};

INSTANTIATE_TEST_SUITE_P(
    On, Interrupted,
    ::testing::Values(DatabaseKind{"SQLite", [] { return std::string(); }},
                      DatabaseKind{"PostgreSQL", [] { return PostgresServer::shared().create_database(); }}),
    [](const auto& each) { return each.param.name; });

TEST_P(Interrupted, pitfall_33_of_two_schedules_at_once_one_writes_and_the_other_is_told) {
    const auto rehearsal = imported("60");
    Program first(CONVENE_PROGRAM, {"schedule", "1", "--json"}, rehearsal->options());
    Program second(CONVENE_PROGRAM, {"schedule", "1", "--json"}, rehearsal->options());
    const ProgramResult a = first.wait();
    const ProgramResult b = second.wait();
    EXPECT_EQ(std::min(a.exit_code, b.exit_code), 0) << a.err << b.err;
    EXPECT_EQ(std::max(a.exit_code, b.exit_code), 1) << a.out << a.err << b.out << b.err;
    const json told = json::parse(a.exit_code == 1 ? a.out : b.out);
    EXPECT_THAT((std::vector<std::string>{"busy", "nothing_to_schedule"}),
                ::testing::Contains(told.at("status")));
    const json wrote = json::parse(a.exit_code == 0 ? a.out : b.out);
    EXPECT_EQ(wrote.at("placed"), 53);
    EXPECT_EQ(wrote.at("objective").at("if_needed"), 9);
    EXPECT_EQ(rehearsal->json({"groups", "1"}).at("groups").size(), wrote.at("groups").size())
        << "no group twice";
    expect_sound_groups(*rehearsal);
}

TEST_P(Interrupted, killed_at_any_moment_a_schedule_has_happened_wholly_or_not_at_all) {
    const auto begun = std::chrono::steady_clock::now();
    ASSERT_EQ(imported("24")->convene({"schedule", "1"}).exit_code, 0);
    const auto whole_run = std::chrono::steady_clock::now() - begun;

    // The moments are spread over the time that an undisturbed run took; whichever they hit, the claim holds.
    constexpr int kMoments = 6;
    for (int moment = 0; moment < kMoments; ++moment) {
        const auto rehearsal = imported("24");
        const std::string before = everything_but_runs(*rehearsal);
        Program program(CONVENE_PROGRAM, {"schedule", "1"}, rehearsal->options());
        program.wait_until_it_catches(SIGINT);
        std::this_thread::sleep_for(whole_run * moment / (2 * kMoments));
        program.send(SIGKILL);
        const ProgramResult killed = program.wait();

        const json runs = rehearsal->json({"runs", "1"}).at("runs");
        if (!runs.empty()) {
            EXPECT_THAT((std::vector<std::string>{"crashed", "optimal"}),
                        ::testing::Contains(runs.at(0).at("status")));
        }
        const bool nothing_happened = everything_but_runs(*rehearsal) == before;
        const ProgramResult again = rehearsal->convene({"schedule", "1"});
        EXPECT_EQ(again.exit_code, nothing_happened ? 0 : 1)
            << "killed (" << killed.exit_code << ") at moment " << moment << ": " << again.out << again.err;
        EXPECT_EQ(rehearsal->json({"cohorts"})[0].at("grouped"), 12 + 2)
            << "twelve participants and two facilitators";
        expect_sound_groups(*rehearsal);
    }
}

TEST_P(Interrupted, an_interrupt_ends_a_schedule_with_130_and_nothing_written) {
    const auto rehearsal = imported("300");
    const std::string before = everything_but_runs(*rehearsal);
    Program program(CONVENE_PROGRAM, {"schedule", "1"}, rehearsal->options());
    program.wait_until_it_catches(SIGINT);
    program.send(SIGINT);
    const ProgramResult result = program.wait();
    EXPECT_EQ(result.exit_code, 130) << result.out << result.err;
    EXPECT_THAT(result.err, HasSubstr("Nothing was written"));
    EXPECT_EQ(rehearsal->json({"runs", "1"}).at("runs").at(0).at("status"), "interrupted");
    EXPECT_EQ(everything_but_runs(*rehearsal), before);
}

}  // namespace
}  // namespace convene::test
