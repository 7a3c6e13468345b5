// Kills and accidents at every request and every journal write of a run that carries out a change.
#include <array>
#include <cstdio>
#include <functional>

#include "tests/discord/support/changes_of_plan.h"
#include "tests/discord/support/server_text.h"

namespace convene::discord::test {
namespace {

constexpr std::array kKills = {Accident::kill_before, Accident::kill_after, Accident::kill_late};
constexpr std::array kFaults = {Accident::drop_before, Accident::drop_after, Accident::error_500_after,
                                Accident::error_502,   Accident::late,       Accident::rate_limited};

std::unique_ptr<World> changed_world(const ChangeOfPlan& change) {
    auto world = std::make_unique<World>();
    (void)world->realize();
    change.happen(*world);
    return world;
}

void realize_until_it_stands(World& world, const RealizationOptions& options) {
    for (int run = 0; run < 4; ++run) {
        try {
            const RealizationOutcome outcome = world.realize(options);
            if (outcome.failure.empty() && outcome.not_done.empty()) return;
        } catch (const Killed&) {
        } catch (const Failure&) {
        }
    }
}

/// What an undisturbed run makes of it.
struct Calm {
    std::string server;
    int first_request = 0;
    int requests = 0;
    int journal_writes = 0;
    std::vector<std::string> log;  ///< of those requests

    explicit Calm(const ChangeOfPlan& change) {
        const auto world = changed_world(change);
        first_request = world->discord->requests;
        world->store.at_write = [this](bool after) { journal_writes += after ? 1 : 0; };
        const RealizationOutcome outcome = world->realize(change.options);
        EXPECT_EQ(outcome.failure, "") << change.name;
        EXPECT_TRUE(outcome.not_done.empty()) << change.name;
        EXPECT_FALSE(outcome.done.empty()) << change.name;
        requests = world->discord->requests - first_request;
        log.assign(world->discord->log.begin() + first_request, world->discord->log.end());
        server = server_text(*world);
    }
};

std::string fault(const World& world, const Calm& calm) {
    for (const JournalEntry& entry : world.store.journal) {
        if (entry.in_doubt()) return "in doubt for ever";
    }
    if (world.discord->leaks > 0) return "a channel was open to everyone";
    if (!world.stranger.empty()) return "a stranger could see " + world.stranger;
    const std::string server = server_text(world);
    return server == calm.server ? "" : "the server shows\n" + server + "instead of\n" + calm.server;
}

TEST(ExactlyOnceChanges, killed_at_every_request_of_every_change_the_server_ends_as_undisturbed) {
    int points = 0;
    for (const ChangeOfPlan& change : changes_of_plan()) {
        const Calm calm(change);
        for (int n = 0; n < calm.requests; ++n) {
            const bool reads = calm.log.at(static_cast<std::size_t>(n)).starts_with("GET");
            for (const Accident kill : kKills) {
                if (reads && kill != Accident::kill_before) continue;  // nothing is carried out either way
                const auto world = changed_world(change);
                world->discord->accident = [&](int request) {
                    return request == calm.first_request + n ? kill : Accident::none;
                };
                EXPECT_THROW((void)world->realize(change.options), Killed);
                realize_until_it_stands(*world, change.options);
                EXPECT_EQ(fault(*world, calm), "")
                    << change.name << ", request " << n << ", kill " << static_cast<int>(kill);
                ++points;
            }
        }
    }
    std::printf("[ POINTS   ] killed at %d request points of %zu changes\n", points,
                changes_of_plan().size());
    EXPECT_GT(points, 200);
}

TEST(ExactlyOnceChanges, killed_at_every_journal_write_of_every_change_the_server_ends_as_undisturbed) {
    int points = 0;
    for (const ChangeOfPlan& change : changes_of_plan()) {
        const Calm calm(change);
        for (int n = 0; n < calm.journal_writes; ++n) {
            for (const bool after : {false, true}) {
                const auto world = changed_world(change);
                int seen = 0;
                world->store.at_write = [&](bool now_after) {
                    if (now_after == after && seen++ == n) {
                        world->discord->die();
                        throw Killed{};
                    }
                };
                EXPECT_THROW((void)world->realize(change.options), Killed);
                world->store.at_write = nullptr;
                realize_until_it_stands(*world, change.options);
                EXPECT_EQ(fault(*world, calm), "")
                    << change.name << ", journal write " << n << (after ? ", after" : ", before");
                ++points;
            }
        }
    }
    std::printf("[ POINTS   ] killed at %d journal points\n", points);
    EXPECT_GT(points, 60);
}

TEST(ExactlyOnceChanges, every_fault_at_every_request_of_every_change_is_survived) {
    int points = 0;
    for (const ChangeOfPlan& change : changes_of_plan()) {
        const Calm calm(change);
        for (int n = 0; n < calm.requests; ++n) {
            const bool reads = calm.log.at(static_cast<std::size_t>(n)).starts_with("GET");
            for (const Accident accident : kFaults) {
                if (reads && accident != Accident::error_502) continue;  // to a look all of them are one
                const auto world = changed_world(change);
                world->discord->accident = [&](int request) {
                    return request == calm.first_request + n ? accident : Accident::none;
                };
                realize_until_it_stands(*world, change.options);
                EXPECT_EQ(fault(*world, calm), "")
                    << change.name << ", request " << n << ", fault " << static_cast<int>(accident);
                ++points;
            }
        }
    }
    std::printf("[ POINTS   ] %d faults\n", points);
    EXPECT_GT(points, 300);
}

TEST(ExactlyOnceChanges, the_watch_tells_who_sees_a_group_they_were_never_in) {
    World world;
    (void)world.realize();
    EXPECT_EQ(world.stranger, "");
    nlohmann::json& channel =
        world.discord->channels.at(*world.store.cohort.groups.at(0).discord_text_channel_id);
    channel["permission_overwrites"].push_back(
        {{"id", *world.store.cohort.groups.at(1).members[0].discord_id},
         {"type", 1},
         {"allow", "1024"},
         {"deny", "0"}});
    (void)world.realize();
    EXPECT_NE(world.stranger, "");
}

TEST(ExactlyOnceChanges, a_second_run_after_a_change_writes_nothing) {
    for (const ChangeOfPlan& change : changes_of_plan()) {
        const auto world = changed_world(change);
        (void)world->realize(change.options);
        const int writes = world->discord->writes;
        EXPECT_TRUE(world->plan(change.options).steps.empty()) << change.name;
        (void)world->realize(change.options);
        EXPECT_EQ(world->discord->writes, writes) << change.name;
    }
}

}  // namespace
}  // namespace convene::discord::test
