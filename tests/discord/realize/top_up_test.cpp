// What the running bot does by itself for homes that exist.
#include <algorithm>

#include "tests/discord/support/realize_fixture.h"

namespace convene::discord::test {
namespace {

RealizationOptions top_up() {
    RealizationOptions options;
    options.top_up = true;
    return options;
}

RealizationMember member(int user, const std::string& discord_id) {
    RealizationMember member;
    member.user_id = UserId{user};
    member.discord_id = discord_id;
    member.name = "New " + std::to_string(user);
    return member;
}

TEST(TopUp, gives_access_to_somebody_who_has_come_and_takes_none_away) {
    World world;
    (void)world.realize();
    auto& members = world.store.cohort.groups[0].members;
    world.store.cohort.groups[0].former_members.push_back(members.back());
    members.back() = member(9, "9001");
    world.discord->on_server.insert("9001");
    const RealizationPlan plan = world.plan(top_up());
    ASSERT_FALSE(plan.steps.empty());
    EXPECT_TRUE(std::any_of(plan.steps.begin(), plan.steps.end(), [](const RealizationStep& step) {
        return step.action == RealizationStep::Action::grant;
    }));
    for (const RealizationStep& step : plan.steps)
        EXPECT_NE(step.action, RealizationStep::Action::withdraw) << step.name;
    const RealizationPlan whole = world.plan();
    EXPECT_TRUE(std::any_of(whole.steps.begin(), whole.steps.end(), [](const RealizationStep& step) {
        return step.action == RealizationStep::Action::withdraw;
    })) << "an organiser's own run does";
}

TEST(TopUp, leaves_groups_without_homes_and_new_times_to_the_organiser) {
    World world;
    (void)world.realize();
    RealizationGroup added = world.store.cohort.groups[0];
    added.group_id = GroupId{99};
    added.group_name = "Group 99";
    added.discord_text_channel_id.reset();
    added.discord_voice_channel_id.reset();
    for (RealizationMeeting& meeting : added.meetings) {
        meeting.meeting_id.value += 1000;
        meeting.discord_event_id.reset();
    }
    world.store.cohort.groups.push_back(added);
    for (RealizationMeeting& meeting : world.store.cohort.groups[1].meetings)
        meeting.scheduled_time += Minutes(60);
    EXPECT_FALSE(world.plan().steps.empty());
    EXPECT_TRUE(world.plan(top_up()).steps.empty());
    const RealizationOutcome outcome = world.realize(top_up());
    EXPECT_TRUE(outcome.done.empty());
    EXPECT_EQ(world.store.cohort.groups.back().discord_text_channel_id, std::nullopt);
}

TEST(TopUp, creates_events_that_have_come_within_reach) {
    World world(3, 40);
    for (int i = 0; i < 60; ++i) world.discord->add_event("", "2026-05-01T10:00:00+00:00");
    (void)world.realize();
    std::erase_if(world.discord->events,
                  [](const auto& entry) { return entry.second.at("name") == "theirs"; });
    (void)world.realize(top_up());
    EXPECT_EQ(world.discord->events.size(), 99U);
}

}  // namespace
}  // namespace convene::discord::test
