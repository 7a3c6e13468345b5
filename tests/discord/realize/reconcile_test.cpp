// Membership, people's own changes, limits: what a run does on a server that is not empty.
#include <fmt/format.h>

#include <algorithm>

#include "tests/discord/support/realize_fixture.h"

namespace convene::discord::test {
namespace {

using Json = nlohmann::json;
using Kind = RealizationNote::Kind;

std::string text_of(const World& world, std::size_t group) {
    return *world.store.cohort.groups.at(group).discord_text_channel_id;
}
std::string voice_of(const World& world, std::size_t group) {
    return *world.store.cohort.groups.at(group).discord_voice_channel_id;
}

bool has_overwrite(const World& world, const std::string& channel, const std::string& user) {
    const Json& overwrites = world.discord->channels.at(channel).at("permission_overwrites");
    return std::any_of(overwrites.begin(), overwrites.end(),
                       [&](const Json& entry) { return entry.at("id") == user; });
}

TEST(Reconcile, pitfall_40_every_channel_is_private_in_the_creating_call) {
    World world;
    (void)world.realize();
    EXPECT_EQ(world.discord->leaks, 0);
    for (const auto& [id, channel] : world.discord->channels) {
        const Json& everyone = channel.at("permission_overwrites").at(0);
        EXPECT_EQ(everyone.at("id"), FakeDiscord::kGuild);
        EXPECT_EQ(everyone.at("deny"), channel.at("type") == 2 ? "1049600" : "1024");
        const Json& bot = channel.at("permission_overwrites").at(1);
        EXPECT_EQ(bot.at("id"), FakeDiscord::kBot);
        const int type = channel.at("type");
        EXPECT_EQ(bot.at("allow"), type == 4 ? "1040" : type == 0 ? "85008" : "17592187094032");
    }
    for (const std::string& line : world.discord->log) {
        EXPECT_EQ(line.find("/permissions/"), std::string::npos) << "no access is given after the creation";
    }
}

TEST(Reconcile, pitfall_41_event_i_belongs_to_meeting_i_when_the_first_week_is_past) {
    World world(1, 3);
    world.clock.set(world.meeting(0, 0) + Minutes(1));
    const RealizationOutcome outcome = world.realize();
    EXPECT_TRUE(has_note(outcome.notes, Kind::shortfall, "1 meeting has begun"));
    const auto& meetings = world.store.cohort.groups[0].meetings;
    EXPECT_FALSE(meetings[0].discord_event_id);
    ASSERT_TRUE(meetings[1].discord_event_id);
    const Json& second = world.discord->events.at(*meetings[1].discord_event_id);
    EXPECT_EQ(second.at("name"), "Group 1 - Meeting 2");
    EXPECT_EQ(second.at("scheduled_start_time"), to_iso8601(meetings[1].scheduled_time));
    const std::string welcome = world.discord->messages.at(text_of(world, 0)).front().at("content");
    EXPECT_NE(welcome.find(*meetings[1].discord_event_id), std::string::npos);
}

TEST(Reconcile, pitfall_42_nearest_meetings_of_all_groups_come_first_and_others_events_count) {
    World world(3, 40);
    for (int i = 0; i < 60; ++i) world.discord->add_event("", "2026-05-01T10:00:00+00:00");
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.failure, "");
    // 99 − 60 = 39 places for 120 meetings: 13 weeks of each group.
    EXPECT_EQ(world.discord->events.size(), 99U);
    EXPECT_TRUE(has_note(outcome.notes, Kind::shortfall, "81 of 120 events must wait"));
    for (const RealizationGroup& group : world.store.cohort.groups) {
        EXPECT_TRUE(group.meetings.at(12).discord_event_id);
        EXPECT_FALSE(group.meetings.at(13).discord_event_id);
    }
    // Time passes, places become free, a further run goes on where this one stopped.
    std::erase_if(world.discord->events,
                  [](const auto& entry) { return entry.second.at("name") == "theirs"; });
    (void)world.realize();
    EXPECT_TRUE(world.store.cohort.groups[0].meetings.at(25).discord_event_id);
}

TEST(Reconcile, refusal_of_one_event_more_leaves_the_rest_standing) {
    World world(2, 3);
    world.discord->max_events = 4;
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.failure, "");
    EXPECT_EQ(outcome.not_done.size(), 2U);
    EXPECT_TRUE(has_note(outcome.notes, Kind::shortfall, "takes no more events"));
    EXPECT_EQ(world.discord->messages.size(), 2U) << "both groups are welcomed";
    world.discord->max_events = 100;
    (void)world.realize();
    EXPECT_EQ(world.fault(), "");
}

TEST(Reconcile, pitfall_43_fifty_channels_fill_a_category_and_the_next_is_numbered) {
    World world(26, 0);
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.failure, "");
    const auto categories = world.discord->channels_of(4);
    ASSERT_EQ(categories.size(), 2U);
    EXPECT_EQ(categories[0].at("name"), "AI Safety - Jan 2025");
    EXPECT_EQ(categories[1].at("name"), "AI Safety - Jan 2025 (2)");
    EXPECT_EQ(world.discord->channels.at(text_of(world, 25)).at("parent_id"), categories[1].at("id"));
    EXPECT_EQ(world.discord->channels.at(voice_of(world, 25)).at("parent_id"), categories[1].at("id"));
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Reconcile, what_people_put_into_the_cohorts_category_takes_its_places) {
    World world(1, 0);
    (void)world.realize();
    const std::string home = *world.store.cohort.discord_category_id;
    for (int i = 0; i < 47; ++i) world.discord->add_channel(0, "theirs", home);
    world.store.cohort.groups = small_cohort(3, 0, world.clock.now()).groups;
    for (RealizationGroup& group : world.store.cohort.groups) {
        for (const RealizationMember& member : group.members)
            world.discord->on_server.insert(*member.discord_id);
    }
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.failure, "");
    EXPECT_TRUE(outcome.not_done.empty());
    const auto categories = world.discord->channels_of(4);
    ASSERT_EQ(categories.size(), 2U) << "49 of 50 places are taken: no group's two channels fit";
    for (const std::size_t group : {1U, 2U})
        EXPECT_EQ(world.discord->channels.at(text_of(world, group)).at("parent_id"), categories[1].at("id"));
    EXPECT_EQ(world.discord->leaks, 0);
}

TEST(Reconcile, category_that_is_full_earlier_than_documented_overflows_too) {
    World world(3, 0);
    world.discord->max_children = 4;
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.failure, "");
    EXPECT_TRUE(outcome.not_done.empty());
    EXPECT_EQ(world.discord->channels_of(4).size(), 2U);
    EXPECT_EQ(world.discord->channels_of(0).size(), 3U);
}

TEST(Reconcile, pitfall_44_what_is_missing_is_named_before_the_first_write) {
    World world;
    world.discord->bot_permissions &= ~((1ULL << 44) | (1ULL << 28));
    const RealizationPlan plan = world.plan();
    EXPECT_TRUE(plan.blocked());
    EXPECT_TRUE(has_note(plan.notes, Kind::blocker, "Manage Roles (Manage Permissions), Create Events"));
    const RealizationOutcome outcome = world.realize();
    EXPECT_TRUE(outcome.done.empty());
    EXPECT_FALSE(outcome.not_done.empty());
    EXPECT_EQ(world.discord->writes, 0);
}

TEST(Reconcile, pitfall_44_server_without_room_for_all_channels_is_refused_before_the_first_write) {
    World world;
    for (int i = 0; i < 495; ++i) world.discord->add_channel(0, "old");
    const RealizationOutcome outcome = world.realize();
    EXPECT_TRUE(has_note(outcome.notes, Kind::blocker,
                         "7 channels are to be created, and the server has room for 5"));
    EXPECT_EQ(world.discord->writes, 0);
}

TEST(Reconcile, pitfall_45_name_in_discords_form_is_no_rename) {
    World world(1, 1);
    world.store.cohort.groups[0].group_name = "General (January 2026)";
    (void)world.realize();
    for (int run = 0; run < 3; ++run) {
        const RealizationOutcome again = world.realize();
        EXPECT_TRUE(again.done.empty());
        EXPECT_FALSE(has_note(again.notes, Kind::drift, ""));
    }
}

TEST(Reconcile, name_given_by_hand_stays_and_a_new_name_in_the_database_is_carried_out) {
    World world(2, 1);
    (void)world.realize();
    world.discord->channels.at(text_of(world, 0))["name"] = "the-best-group";
    world.store.cohort.groups[1].group_name = "Night owls";
    const RealizationOutcome outcome = world.realize();
    EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "\"the-best-group\" was \"group-1\""));
    EXPECT_EQ(world.discord->channels.at(text_of(world, 0)).at("name"), "the-best-group");
    EXPECT_EQ(world.discord->channels.at(text_of(world, 1)).at("name"), "night-owls");
    EXPECT_EQ(world.discord->channels.at(voice_of(world, 1)).at("name"), "Night owls Voice");
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Reconcile, pitfall_46_deleted_by_hand_is_reported_left_and_restored_on_request) {
    World world;
    (void)world.realize();
    const int writes = world.discord->writes;
    const std::string gone = text_of(world, 1);
    world.discord->channels.erase(gone);
    world.discord->events.erase(*world.store.cohort.groups[0].meetings[1].discord_event_id);
    for (int run = 0; run < 2; ++run) {
        const RealizationOutcome outcome = world.realize();
        EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "the text channel \"Group 2\" is gone"));
        EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "the event \"Group 1 - Meeting 2\" was deleted"));
    }
    EXPECT_EQ(world.discord->writes, writes);
    const RealizationOutcome restored = world.realize({.restore = true});
    EXPECT_EQ(restored.done.size(), 3U) << "channel, its welcome, event";
    EXPECT_NE(text_of(world, 1), gone);
    EXPECT_EQ(world.fault(), "");
}

TEST(Reconcile, channel_hidden_from_the_bot_is_not_taken_for_deleted) {
    World world(1, 1);
    (void)world.realize();
    Json& overwrites = world.discord->channels.at(voice_of(world, 0))["permission_overwrites"];
    overwrites.erase(1);
    const RealizationOutcome outcome = world.realize({.restore = true});
    EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "is hidden from the bot"));
    EXPECT_EQ(world.discord->channels_of(2).size(), 1U);
}

TEST(Reconcile, pitfall_47_group_is_built_before_anybody_is_there_and_opens_as_people_join) {
    World world(1, 1);
    const auto members = world.store.cohort.groups[0].members;
    for (const auto& member : members) world.discord->on_server.erase(*member.discord_id);
    const RealizationOutcome first = world.realize();
    EXPECT_TRUE(first.not_done.empty());
    EXPECT_TRUE(has_note(first.notes, Kind::info, "2 people are not on the server yet: Person 1, Person 2"));
    EXPECT_TRUE(world.realize().done.empty());

    world.discord->on_server.insert(*members[0].discord_id);
    const RealizationOutcome second = world.realize();
    EXPECT_EQ(second.done.size(), 3U) << "access to text and voice, one note for newcomers";
    EXPECT_TRUE(has_overwrite(world, text_of(world, 0), *members[0].discord_id));
    EXPECT_FALSE(has_overwrite(world, text_of(world, 0), *members[1].discord_id));
    EXPECT_EQ(world.discord->messages.at(text_of(world, 0)).size(), 2U);
    EXPECT_TRUE(world.realize().done.empty()) << "greeted once";
}

TEST(Reconcile, pitfall_48_first_try_that_failed_at_the_events_is_completed) {
    World world;
    world.discord->max_events = 0;
    (void)world.realize();
    EXPECT_EQ(world.discord->channels_of(0).size(), 3U);
    EXPECT_TRUE(world.discord->events.empty());
    world.discord->max_events = 100;
    (void)world.realize();
    EXPECT_EQ(world.discord->events.size(), 6U);
    EXPECT_EQ(world.discord->messages.size(), 3U);
}

TEST(Reconcile, pitfall_49_observer_let_in_by_hand_stays_and_is_named) {
    World world(1, 1);
    (void)world.realize();
    const int writes = world.discord->writes;
    world.discord->channels.at(text_of(world, 0))["permission_overwrites"].push_back(
        {{"id", "777"}, {"type", 1}, {"allow", "1024"}, {"deny", "0"}});
    const RealizationOutcome outcome = world.realize();
    EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "opened by hand to 1 more"));
    EXPECT_EQ(world.discord->writes, writes);
}

TEST(Reconcile, moved_member_loses_one_group_and_gains_the_other_with_the_fewest_changes) {
    World world(2, 1);
    (void)world.realize();
    auto& groups = world.store.cohort.groups;
    const RealizationMember moved = groups[0].members[1];
    groups[0].members.pop_back();
    groups[0].former_members.push_back(moved);
    groups[1].members.push_back(moved);
    const int writes = world.discord->writes;
    const RealizationOutcome outcome = world.realize();
    // 2 withdrawals, 2 grants, a note in the new group
    EXPECT_EQ(world.discord->writes - writes, 5);
    ASSERT_GE(outcome.done.size(), 2U);
    EXPECT_EQ(outcome.done[0].action, RealizationStep::Action::withdraw)
        << "access ends before anything else";
    EXPECT_FALSE(has_overwrite(world, text_of(world, 0), *moved.discord_id));
    EXPECT_FALSE(has_overwrite(world, voice_of(world, 0), *moved.discord_id));
    EXPECT_TRUE(has_overwrite(world, text_of(world, 1), *moved.discord_id));
    EXPECT_EQ(world.discord->messages.at(text_of(world, 1)).size(), 2U);
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Reconcile, moved_meetings_move_their_events_and_are_told_once) {
    World world(1, 3);
    (void)world.realize();
    for (RealizationMeeting& meeting : world.store.cohort.groups[0].meetings)
        meeting.scheduled_time += Minutes(90);
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.done.size(), 4U) << "three events, one message";
    for (const RealizationMeeting& meeting : world.store.cohort.groups[0].meetings) {
        const Json& event = world.discord->events.at(*meeting.discord_event_id);
        EXPECT_EQ(event.at("scheduled_start_time"), to_iso8601(meeting.scheduled_time));
        EXPECT_EQ(event.at("scheduled_end_time"), to_iso8601(meeting.scheduled_time + Minutes(60)));
    }
    EXPECT_EQ(world.discord->messages.at(text_of(world, 0)).size(), 2U);
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Reconcile, event_moved_by_hand_is_left_and_told) {
    World world(1, 1);
    (void)world.realize();
    world.discord->events.begin()->second["scheduled_start_time"] = "2026-03-05T09:00:00+00:00";
    const RealizationOutcome outcome = world.realize();
    EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "was moved by hand to 2026-03-05T09:00:00Z"));
    EXPECT_TRUE(outcome.done.empty());
}

TEST(Reconcile, pitfall_57_ninety_minutes_are_ninety_minutes) {
    World world(1, 1);
    world.store.cohort.meeting_minutes = 90;
    (void)world.realize();
    EXPECT_EQ(world.discord->events.begin()->second.at("scheduled_end_time"),
              to_iso8601(world.meeting(0, 0) + Minutes(90)));
    const std::string welcome = world.discord->messages.at(text_of(world, 0)).front().at("content");
    EXPECT_NE(welcome.find("90 minutes"), std::string::npos);
}

TEST(Reconcile, more_than_a_hundred_overwrites_go_in_further_calls) {
    World world(1, 0);
    auto& members = world.store.cohort.groups[0].members;
    for (int i = 0; i < 120; ++i) {
        members.push_back({UserId{100 + i}, fmt::format("{}", 90000 + i), "Many", Role::participant, "UTC"});
        world.discord->on_server.insert(*members.back().discord_id);
    }
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.failure, "");
    EXPECT_EQ(world.discord->channels.at(text_of(world, 0)).at("permission_overwrites").size(), 124U);
    EXPECT_EQ(world.discord->leaks, 0) << "the first call hides it, whatever comes after";
    for (const std::string& channel : {text_of(world, 0), voice_of(world, 0)}) {
        for (const RealizationMember& member : members)
            EXPECT_TRUE(has_overwrite(world, channel, *member.discord_id)) << member.name;
    }
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Reconcile, cohort_realized_on_another_server_is_not_begun_anew_by_accident) {
    World world(1, 1);
    (void)world.realize();
    for (JournalEntry& entry : world.store.journal) entry.guild_id = "999";
    EXPECT_TRUE(has_note(world.plan().notes, Kind::blocker, "another Discord server"));
}

TEST(Reconcile, discords_clock_decides_what_is_past) {
    World world(1, 2);
    world.discord->date = "Wed, 04 Mar 2026 15:00:30 GMT";
    (void)world.realize();
    EXPECT_FALSE(world.store.cohort.groups[0].meetings[0].discord_event_id);
    EXPECT_TRUE(world.store.cohort.groups[0].meetings[1].discord_event_id);
}

TEST(Reconcile, plan_reads_and_writes_nothing) {
    World world;
    int journal_writes = 0;
    world.store.at_write = [&](bool) { ++journal_writes; };
    const RealizationPlan plan = world.plan();
    EXPECT_EQ(plan.steps.size(), 16U);
    EXPECT_EQ(world.discord->writes, 0);
    EXPECT_EQ(journal_writes, 0);
}

}  // namespace
}  // namespace convene::discord::test
