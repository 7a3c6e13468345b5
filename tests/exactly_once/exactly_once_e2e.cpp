// Real processes: convene, its sandbox and its database, with a death or an accident at each point.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "tests/e2e/database_dump.h"
#include "tests/exactly_once/trial.h"

namespace convene::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Trials wait most of their time.
constexpr std::size_t kAtOnce = 12;

bool all_of_them() {
    const char* points = std::getenv("CONVENE_POINTS");
    return points != nullptr && std::string(points) == "all";
}

/// Faults by point, empty when all is well.
std::vector<std::string> try_all(const Origin& origin, const Change& change, const CalmRun& calm,
                                 const std::vector<Point>& points) {
    std::vector<std::string> faults;
    std::mutex mutex;
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < points.size(); i = next++) {
            std::string fault;
            try {
                fault = Trial(origin, change, points[i].hiding).survives(points[i], calm);
            } catch (const std::exception& error) {
                fault = error.what();
            }
            if (fault.empty()) continue;
            const std::lock_guard lock(mutex);
            faults.push_back(change.name + ' ' + points[i].text() + ": " + fault);
        }
    };
    std::vector<std::thread> workers;
    for (std::size_t i = 1; i < kAtOnce; ++i) workers.emplace_back(work);
    work();
    for (std::thread& worker : workers) worker.join();
    return faults;
}

class ExactlyOnce : public ::testing::TestWithParam<Origin::Kind> {};

INSTANTIATE_TEST_SUITE_P(On, ExactlyOnce, ::testing::Values(Origin::Kind::sqlite, Origin::Kind::postgresql),
                         [](const auto& each) {
                             return each.param == Origin::Kind::sqlite ? "SQLite" : "PostgreSQL";
                         });

TEST_P(ExactlyOnce, whatever_dies_or_fails_when_each_thing_is_there_once) {
    const Origin origin(GetParam(), Origin::Stage::formed);
    Trial undisturbed(origin, building());
    const CalmRun calm = undisturbed.calm();
    ASSERT_EQ(undisturbed.fault(), "");

    const auto enumerated = all_points(calm, true);
    // A part that still meets each request: steps of a number that shares no divisor with the kinds of
    // accident at one request, so that all kinds take their turn.
    const bool sqlite = GetParam() == Origin::Kind::sqlite;
    auto points = all_of_them() ? enumerated : every(enumerated, 11, sqlite ? 0 : 5);
    // Two sevenths of these, of all kinds: others on each database.
    const auto with_hidden = hidden_points(calm);
    const auto some = all_of_them() ? with_hidden : every(with_hidden, 7, sqlite ? 0 : 3);
    points.insert(points.end(), some.begin(), some.end());
    const auto begin = std::chrono::steady_clock::now();
    const auto faults = try_all(origin, building(), calm, points);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf(
        "[ POINTS   ] %zu of %zu points (%d requests, %d commits; %zu of %zu with what was made hidden), %zu "
        "with a fault, %.0f s\n",
        points.size(), enumerated.size() + with_hidden.size(), calm.requests, calm.commits, some.size(),
        with_hidden.size(), faults.size(), took.count());
    for (const std::string& fault : faults) ADD_FAILURE() << fault;
}

TEST_P(ExactlyOnce, whatever_dies_or_fails_when_plans_change_each_change_is_there_once) {
    const Origin origin(GetParam(), Origin::Stage::realized);
    const bool sqlite = GetParam() == Origin::Kind::sqlite;
    for (const Change& change : changes_of_plan()) {
        Trial undisturbed(origin, change);
        const CalmRun calm = undisturbed.calm();
        ASSERT_EQ(undisturbed.fault(), "") << change.name;
        const auto enumerated = all_points(calm, false);
        const auto points = all_of_them() ? enumerated : every(enumerated, sqlite ? 11 : 17, 0);
        const auto begin = std::chrono::steady_clock::now();
        const auto faults = try_all(origin, change, calm, points);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        std::printf(
            "[ POINTS   ] %s: %zu of %zu points (%d requests, %d commits, %d of the edit), %zu with a fault, "
            "%.0f s\n",
            change.name.c_str(), points.size(), enumerated.size(), calm.requests, calm.commits,
            calm.edit_commits, faults.size(), took.count());
        for (const std::string& fault : faults) ADD_FAILURE() << fault;
    }
}

TEST_P(ExactlyOnce, of_two_at_once_one_works_and_the_other_says_so) {
    const Origin origin(GetParam(), Origin::Stage::formed);
    const Trial trial(origin, building());
    trial.sandbox().post("/faults", json::array({{{"path", "."}, {"nth", 3}, {"mode", "hang"}}}));
    Program first(CONVENE_PROGRAM, {"realize", "1", "--yes"}, trial.options());
    while (trial.sandbox().get("/faults").at(0).at("seen") < 3) std::this_thread::yield();
    const ProgramResult second = trial.carry_out();
    EXPECT_EQ(second.exit_code, 1) << second.out << second.err;
    EXPECT_THAT(second.err, HasSubstr("Spring is being realized by somebody else. Nothing was done."));
    const ProgramResult result = first.wait();
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_EQ(trial.fault(), "");
}

}  // namespace
}  // namespace convene::test
