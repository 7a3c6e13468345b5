// Kills and accidents at every request and every journal write.
#include <array>
#include <cstdio>
#include <random>

#include "tests/discord/support/realize_fixture.h"

namespace convene::discord::test {
namespace {

constexpr std::array kKills = {Accident::kill_before, Accident::kill_after, Accident::kill_late};
constexpr std::array kFaults = {Accident::drop_before, Accident::drop_after, Accident::error_500_after,
                                Accident::error_502,   Accident::late,       Accident::rate_limited};

int requests_of_a_calm_run(int list_lag) {
    World world;
    world.discord->list_lag = list_lag;
    (void)world.realize();
    return world.discord->requests;
}

int journal_writes_of_a_calm_run() {
    World world;
    int writes = 0;
    world.store.at_write = [&](bool after) { writes += after ? 1 : 0; };
    (void)world.realize();
    return writes;
}

void realize_until_it_stands(World& world) {
    for (int run = 0; run < 4; ++run) {
        try {
            const RealizationOutcome outcome = world.realize();
            if (outcome.failure.empty() && outcome.not_done.empty()) return;
        } catch (const Killed&) {
        } catch (const Failure&) {
        }
    }
}

TEST(ExactlyOnce, calm_run_builds_everything_and_a_second_run_writes_nothing) {
    World world;
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.failure, "");
    EXPECT_TRUE(outcome.not_done.empty());
    // 1 category, 3 × (2 channels, 2 events, 1 welcome)
    EXPECT_EQ(outcome.done.size(), 16U);
    EXPECT_EQ(world.fault(), "");
    EXPECT_EQ(world.discord->writes, 16);
    EXPECT_EQ(outcome.links.size(), 3U);

    const int requests = world.discord->requests;
    EXPECT_TRUE(world.plan().steps.empty());
    const RealizationOutcome again = world.realize();
    EXPECT_TRUE(again.done.empty());
    EXPECT_EQ(world.discord->writes, 16);
    EXPECT_EQ(world.discord->requests, requests + 10) << "a look takes five reads";
}

TEST(ExactlyOnce, pitfall_39_killed_at_every_request_each_thing_exists_once) {
    int points = 0;
    for (const int list_lag : {0, 1}) {
        const int requests = requests_of_a_calm_run(list_lag);
        for (int n = 0; n < requests; ++n) {
            for (const Accident kill : kKills) {
                World world;
                world.discord->list_lag = list_lag;
                world.discord->accident = [&](int request) { return request == n ? kill : Accident::none; };
                EXPECT_THROW((void)world.realize(), Killed);
                realize_until_it_stands(world);
                EXPECT_EQ(world.fault(), "")
                    << "request " << n << ": " << world.discord->log.at(static_cast<std::size_t>(n))
                    << ", kill " << static_cast<int>(kill) << ", lag " << list_lag;
                ++points;
            }
        }
    }
    std::printf("[ POINTS   ] killed at %d request points\n", points);
    EXPECT_GT(points, 150);
}

TEST(ExactlyOnce, killed_at_every_journal_write_each_thing_exists_once) {
    const int writes = journal_writes_of_a_calm_run();
    int points = 0;
    for (int n = 0; n < writes; ++n) {
        for (const bool after : {false, true}) {
            World world;
            int seen = 0;
            world.store.at_write = [&](bool now_after) {
                if (now_after == after && seen++ == n) {
                    world.discord->die();
                    throw Killed{};
                }
            };
            EXPECT_THROW((void)world.realize(), Killed);
            world.store.at_write = nullptr;
            realize_until_it_stands(world);
            EXPECT_EQ(world.fault(), "") << "journal write " << n << (after ? ", after" : ", before");
            ++points;
        }
    }
    std::printf("[ POINTS   ] killed at %d journal points\n", points);
    EXPECT_EQ(points, 64);  // 16 objects, begun and completed, before and after
}

TEST(ExactlyOnce, every_fault_at_every_request_is_survived_in_the_same_run) {
    int points = 0;
    for (const int list_lag : {0, 1}) {
        const int requests = requests_of_a_calm_run(list_lag);
        for (int n = 0; n < requests; ++n) {
            for (const Accident fault : kFaults) {
                const bool leaves_something = fault == Accident::drop_after || fault == Accident::late;
                if (list_lag > 0 && !leaves_something) continue;  // no different without lag
                World world;
                world.discord->list_lag = list_lag;
                world.discord->accident = [&](int request) { return request == n ? fault : Accident::none; };
                const RealizationOutcome outcome = world.realize();
                EXPECT_EQ(outcome.failure, "");
                EXPECT_EQ(world.fault(), "")
                    << "request " << n << ": " << world.discord->log.at(static_cast<std::size_t>(n))
                    << ", fault " << static_cast<int>(fault) << ", lag " << list_lag;
                ++points;
            }
        }
    }
    std::printf("[ POINTS   ] %d faults\n", points);
    EXPECT_GT(points, 200);
}

TEST(ExactlyOnce, killed_again_and_again_during_recovery_each_thing_exists_once) {
    std::mt19937 random(5);
    for (int round = 0; round < 60; ++round) {
        World world;
        world.discord->list_lag = static_cast<int>(random() % 2);
        world.threads = round % 3 == 0 ? 4 : 1;
        // Mostly calm, so that it ends; any number of kills and faults otherwise.
        world.discord->accident = [&](int request) {
            if (request > 250 || random() % 12 != 0) return Accident::none;
            const auto pick = random() % (kKills.size() + kFaults.size());
            return pick < kKills.size() ? kKills.at(pick) : kFaults.at(pick - kKills.size());
        };
        for (int run = 0; run < 60 && !world.fault().empty(); ++run) realize_until_it_stands(world);
        EXPECT_EQ(world.fault(), "") << "round " << round;
    }
}

TEST(ExactlyOnce, several_threads_build_the_same) {
    for (int round = 0; round < 5; ++round) {
        World world(6, 3);
        world.threads = 6;
        const RealizationOutcome outcome = world.realize();
        EXPECT_EQ(outcome.failure, "");
        EXPECT_EQ(world.fault(), "");
    }
}

TEST(ExactlyOnce, stop_leaves_a_state_from_which_the_next_run_goes_on) {
    World world;
    int polls = 0;
    const RealizationOutcome outcome =
        world.process()->realize(CohortId{1}, {}, nullptr, [&] { return ++polls > 25; });
    EXPECT_FALSE(outcome.not_done.empty());
    (void)world.realize();
    EXPECT_EQ(world.fault(), "");
}

}  // namespace
}  // namespace convene::discord::test
