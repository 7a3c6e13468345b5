// The end of a cohort on Discord: closed or removed, and nobody's own things with it.
#include <algorithm>

#include "tests/discord/support/changes_of_plan.h"

namespace convene::discord::test {
namespace {

using Json = nlohmann::json;
using Kind = RealizationNote::Kind;
using Goal = RealizationOptions::Goal;

Json& text_channel(World& world, std::size_t index) {
    return world.discord->channels.at(*world.store.cohort.groups.at(index).discord_text_channel_id);
}
Json& voice_channel(World& world, std::size_t index) {
    return world.discord->channels.at(*world.store.cohort.groups.at(index).discord_voice_channel_id);
}

unsigned long long bits(const Json& channel, const std::string& user, const char* which) {
    for (const Json& overwrite : channel.at("permission_overwrites")) {
        if (overwrite.at("id") == user) return std::stoull(overwrite.at(which).get<std::string>());
    }
    return 0;
}

TEST(Archive, members_read_on_and_nobody_writes_or_talks_and_no_event_is_left) {
    World world;
    (void)world.realize();
    const RealizationOutcome outcome = world.realize({Goal::archive});
    EXPECT_EQ(outcome.failure, "");
    EXPECT_EQ(outcome.done.size(), 12U) << "six channels in one request each, six events";
    EXPECT_TRUE(world.discord->events.empty());
    EXPECT_EQ(world.discord->channels.size(), 7U);
    const std::string member = *world.store.cohort.groups[0].members.back().discord_id;
    using namespace permission;
    const Json& text = text_channel(world, 0);
    EXPECT_EQ(bits(text, member, "allow"), kViewChannel | kReadMessageHistory);
    EXPECT_NE(bits(text, FakeDiscord::kGuild, "deny") & kSendMessages, 0U);
    EXPECT_NE(bits(text, FakeDiscord::kGuild, "deny") & kViewChannel, 0U);
    EXPECT_NE(bits(text, FakeDiscord::kBot, "allow") & kSendMessages, 0U) << "the bot keeps its own";
    const Json& voice = voice_channel(world, 0);
    EXPECT_EQ(bits(voice, member, "allow"), kViewChannel);
    EXPECT_NE(bits(voice, FakeDiscord::kGuild, "deny") & kSpeak, 0U);
    EXPECT_EQ(world.discord->leaks, 0);
    EXPECT_TRUE(world.realize({Goal::archive}).done.empty());
}

TEST(Archive, an_observer_let_in_by_hand_stays_and_writes_no_more) {
    World world(1, 1);
    (void)world.realize();
    text_channel(world, 0)["permission_overwrites"].push_back(
        {{"id", "9001"}, {"type", 1}, {"allow", "3072"}, {"deny", "0"}});
    (void)world.realize({Goal::archive});
    EXPECT_EQ(bits(text_channel(world, 0), "9001", "allow"), permission::kViewChannel);
}

TEST(Archive, a_channel_that_somebody_opens_again_afterwards_is_left_open) {
    World world(1, 1);
    (void)world.realize();
    (void)world.realize({Goal::archive});
    const std::string member = *world.store.cohort.groups[0].members.back().discord_id;
    for (Json& overwrite : text_channel(world, 0)["permission_overwrites"])
        if (overwrite.at("id") == member) overwrite["allow"] = "68608";
    const RealizationOutcome again = world.realize({Goal::archive});
    EXPECT_TRUE(again.done.empty());
    EXPECT_TRUE(has_note(again.notes, Kind::drift, "was opened again by hand"));
}

TEST(Archive, past_events_stay_as_they_are) {
    World world(1, 2);
    (void)world.realize();
    world.discord->events.at(*world.store.cohort.groups[0].meetings[0].discord_event_id)["status"] = 3;
    (void)world.realize({Goal::archive});
    ASSERT_EQ(world.discord->events.size(), 1U);
    EXPECT_EQ(world.discord->events.begin()->second.at("name"), "Group 1 - Meeting 1");
}

TEST(Archive, removal_deletes_what_convene_made_and_nothing_else) {
    World world;
    const std::string lounge = world.discord->add_channel(0, "lounge").at("id");
    const std::string theirs = world.discord->add_event("", "2026-05-01T10:00:00+00:00").at("id");
    (void)world.realize();
    const RealizationPlan plan = world.plan({Goal::removal});
    EXPECT_EQ(plan.steps.size(), 7U);
    EXPECT_EQ(plan.steps.back().object, "category") << "last, when it is empty";
    const RealizationOutcome outcome = world.realize({Goal::removal});
    EXPECT_EQ(outcome.failure, "");
    EXPECT_EQ(world.discord->channels.size(), 1U);
    EXPECT_TRUE(world.discord->channels.contains(lounge));
    EXPECT_EQ(world.discord->events.size(), 1U);
    EXPECT_TRUE(world.discord->events.contains(theirs));
    EXPECT_TRUE(world.realize({Goal::removal}).done.empty());
}

TEST(Archive, a_category_with_somebody_elses_channel_stays) {
    World world(1, 0);
    (void)world.realize();
    world.discord->add_channel(0, "notes", *world.store.cohort.discord_category_id);
    const RealizationOutcome outcome = world.realize({Goal::removal});
    EXPECT_TRUE(has_note(outcome.notes, Kind::info, "holds channels that convene did not make"));
    EXPECT_EQ(world.discord->channels.size(), 2U);
}

TEST(Archive, a_category_is_kept_while_one_of_its_channels_could_not_be_deleted) {
    World world(1, 0);
    (void)world.realize();
    int deletions = 0;
    // The bot loses sight of the voice channel between plan and deed: its deletion is refused.
    const std::string voice = *world.store.cohort.groups[0].discord_voice_channel_id;
    world.discord->accident = [&](int) {
        const bool deleting = !world.discord->log.empty() && world.discord->log.back().starts_with("DELETE");
        if (deleting && deletions++ == 0) {
            for (Json& overwrite : world.discord->channels.at(voice)["permission_overwrites"])
                if (overwrite.at("id") == FakeDiscord::kBot) overwrite["allow"] = "0";
        }
        return Accident::none;
    };
    (void)world.realize({Goal::removal});
    EXPECT_TRUE(world.discord->channels.contains(*world.store.cohort.discord_category_id));
    EXPECT_TRUE(world.discord->channels.contains(voice));
}

TEST(Archive, what_the_bot_may_not_do_is_named_before_the_first_write) {
    World world(1, 1);
    (void)world.realize();
    world.discord->bot_permissions &= ~permission::kManageRoles;
    const int writes = world.discord->writes;
    EXPECT_TRUE(has_note(world.plan({Goal::archive}).notes, Kind::blocker, "Manage Roles"));
    (void)world.realize({Goal::archive});
    EXPECT_EQ(world.discord->writes, writes);
}

TEST(Archive, more_than_a_hundred_people_are_closed_out_one_by_one) {
    World world(1, 0);
    auto& members = world.store.cohort.groups[0].members;
    for (int i = 0; i < 120; ++i) {
        members.push_back({UserId{100 + i}, std::to_string(90000 + i), "Many", Role::participant, "UTC"});
        world.discord->on_server.insert(*members.back().discord_id);
    }
    (void)world.realize();
    EXPECT_EQ(world.realize({Goal::archive}).failure, "");
    EXPECT_EQ(bits(text_channel(world, 0), "90119", "allow") & permission::kSendMessages, 0U);
    EXPECT_TRUE(world.realize({Goal::archive}).done.empty());
}

}  // namespace
}  // namespace convene::discord::test
