// What holds of every plan, whatever the server and the journal look like.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/discord/support/model_server.h"

namespace convene::discord::test {
namespace {

constexpr std::uint64_t kSeeds = 1000;

std::string shown(const StepPlan& plan) {
    std::string text;
    for (const Step& step : plan.steps) text += one_line_of(describe(step)) + "\n";
    return text;
}

TEST(PlanProperties, carried_out_once_nothing_is_left_to_do) {
    std::size_t steps = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        ModelServer server(seed);
        const StepPlan plan = server.plan();
        steps += plan.steps.size();
        ASSERT_EQ(server.carry_out(plan), "") << "seed " << seed;
        const StepPlan again = server.plan();
        ASSERT_EQ(shown(again), "") << "seed " << seed << ", after:\n" << shown(plan);
    }
    std::printf("[ MEASURED ] %zu steps of %llu random plans\n", steps,
                static_cast<unsigned long long>(kSeeds));
    EXPECT_GT(steps, kSeeds) << "the servers are worth the name";
}

TEST(PlanProperties, no_step_deletes_or_lets_anybody_see_but_a_groups_own_people) {
    using Sight = std::pair<std::string, std::string>;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        ModelServer server(seed);
        const auto sights = server.sights();
        const auto objects = server.objects();
        ASSERT_EQ(server.carry_out(server.plan()), "") << "seed " << seed;
        const auto kept = server.objects();
        ASSERT_TRUE(std::includes(kept.begin(), kept.end(), objects.begin(), objects.end()))
            << "seed " << seed;
        const auto allowed = server.allowed();
        for (const Sight& sight : server.sights()) {
            ASSERT_TRUE(sights.contains(sight) || allowed.contains(sight))
                << "seed " << seed << ": " << sight.first << " sees " << sight.second;
        }
    }
}

TEST(PlanProperties, the_same_state_gives_the_same_plan) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const ModelServer server(seed);
        EXPECT_EQ(server.plan().steps, server.plan().steps) << "seed " << seed;
    }
}

}  // namespace
}  // namespace convene::discord::test
