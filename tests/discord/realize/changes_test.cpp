// Changes of plan and people's own changes: what a run makes of each, and that it makes nothing else.
#include <fmt/format.h>

#include <algorithm>

#include "core/time/meeting_series.h"
#include "tests/discord/support/changes_of_plan.h"

namespace convene::discord::test {
namespace {

using Json = nlohmann::json;
using Kind = RealizationNote::Kind;
using Action = RealizationStep::Action;

RealizationGroup& group(World& world, std::size_t index) {
    return world.store.cohort.groups.at(index);
}
Json& text_channel(World& world, std::size_t index) {
    return world.discord->channels.at(*group(world, index).discord_text_channel_id);
}
Json& voice_channel(World& world, std::size_t index) {
    return world.discord->channels.at(*group(world, index).discord_voice_channel_id);
}
Json& event_of(World& world, std::size_t index, std::size_t meeting) {
    return world.discord->events.at(*group(world, index).meetings.at(meeting).discord_event_id);
}
std::vector<Json>& messages_of(World& world, std::size_t index) {
    return world.discord->messages.at(*group(world, index).discord_text_channel_id);
}

std::string allowed(const Json& channel, const std::string& user) {
    for (const Json& overwrite : channel.at("permission_overwrites")) {
        if (overwrite.at("id") == user) return overwrite.at("allow").get<std::string>();
    }
    return "none";
}
bool sees(const Json& channel, const std::string& user) {
    const std::string allow = allowed(channel, user);
    return allow != "none" && (std::stoull(allow) & permission::kViewChannel) != 0;
}

/// `grant access Late (Group 1)`, sorted.
std::vector<std::string> done(const RealizationOutcome& outcome) {
    std::vector<std::string> lines;
    for (const RealizationStep& step : outcome.done) lines.push_back(one_line_of(step));
    std::sort(lines.begin(), lines.end());
    return lines;
}

RealizationOptions restoring() {
    return {RealizationOptions::Goal::home, true};
}

TEST(Membership, a_late_joiner_is_let_in_and_greeted_once_and_nothing_else_happens) {
    World world;
    (void)world.realize();
    join_group(world, 0, "Late", "8001");
    EXPECT_EQ(done(world.realize()),
              (std::vector<std::string>{"create notice (Group 1)", "grant access Late (Group 1)",
                                        "grant access Late (Group 1)"}));
    ASSERT_EQ(messages_of(world, 0).size(), 2U);
    const Json note = messages_of(world, 0).back();
    EXPECT_NE(note.at("content").get<std::string>().find("Late"), std::string::npos);
    EXPECT_EQ(note.at("allowed_mentions"), (Json{{"parse", Json::array()}, {"users", {"8001"}}}));
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Membership, a_member_who_moves_loses_both_old_channels_and_gains_both_new_ones) {
    World world;
    (void)world.realize();
    const RealizationMember moved = leave_group(world, 0);
    group(world, 1).members.push_back(moved);
    const std::string id = *moved.discord_id;
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.done.size(), 5U) << "two withdrawn, two granted, one note";
    EXPECT_EQ(outcome.done.front().action, Action::withdraw) << "what has ended ends first";
    EXPECT_FALSE(sees(text_channel(world, 0), id));
    EXPECT_FALSE(sees(voice_channel(world, 0), id));
    EXPECT_TRUE(sees(text_channel(world, 1), id));
    EXPECT_TRUE(sees(voice_channel(world, 1), id));
    EXPECT_EQ(messages_of(world, 0).size(), 1U);
    EXPECT_EQ(messages_of(world, 1).size(), 2U);
}

TEST(Membership, a_new_facilitator_is_let_in_and_named_as_such_and_the_old_one_is_out) {
    World world;
    (void)world.realize();
    auto& members = group(world, 2).members;
    const std::string old_leader = *members.front().discord_id;
    group(world, 2).former_members.push_back(members.front());
    members.erase(members.begin());
    join_group(world, 2, "New leader", "8002", Role::facilitator);
    (void)world.realize();
    EXPECT_FALSE(sees(text_channel(world, 2), old_leader));
    EXPECT_TRUE(sees(voice_channel(world, 2), "8002"));
    const std::string note = messages_of(world, 2).back().at("content");
    EXPECT_NE(note.find("New leader**, facilitator"), std::string::npos) << note;
}

TEST(Membership, pitfall_53_who_left_the_server_and_came_back_is_let_in_without_a_second_welcome) {
    World world;
    (void)world.realize();
    const std::string id = *group(world, 0).members.back().discord_id;
    for (Json* channel : {&text_channel(world, 0), &voice_channel(world, 0)}) {
        Json kept = Json::array();
        for (const Json& overwrite : channel->at("permission_overwrites"))
            if (overwrite.at("id") != id) kept.push_back(overwrite);
        (*channel)["permission_overwrites"] = kept;
    }
    world.discord->on_server.erase(id);
    EXPECT_TRUE(world.realize().done.empty()) << "nobody is let in who is not there";
    world.discord->on_server.insert(id);
    EXPECT_EQ(world.realize().done.size(), 2U);
    EXPECT_TRUE(sees(text_channel(world, 0), id));
    EXPECT_EQ(messages_of(world, 0).size(), 1U);
}

TEST(Membership, of_a_dissolved_group_nobody_keeps_access_and_no_event_stays_but_its_channels_do) {
    World world;
    (void)world.realize();
    const std::string text = *group(world, 2).discord_text_channel_id;
    const std::string voice = *group(world, 2).discord_voice_channel_id;
    dissolve(world, 2);
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.done.size(), 6U) << "two people from two channels, two events";
    EXPECT_EQ(world.discord->events.size(), 4U);
    for (const std::string& id : {text, voice}) {
        const Json& channel = world.discord->channels.at(id);
        EXPECT_EQ(channel.at("permission_overwrites").size(), 2U) << "everyone is denied, the bot stays";
    }
    EXPECT_TRUE(has_note(outcome.notes, Kind::info, "Group 3 has ended"));
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Retimed, pitfall_55_events_move_and_the_channel_is_told_once_from_when_to_when) {
    World world;
    (void)world.realize();
    const Instant before = world.meeting(0, 1);
    group(world, 0).meetings.at(1).scheduled_time = before + std::chrono::hours(26);
    const RealizationOutcome outcome = world.realize();
    EXPECT_EQ(outcome.done.size(), 2U);
    EXPECT_EQ(event_of(world, 0, 1).at("scheduled_start_time"), to_iso8601(before + std::chrono::hours(26)));
    EXPECT_EQ(event_of(world, 0, 1).at("scheduled_end_time"), to_iso8601(before + std::chrono::hours(27)));
    ASSERT_EQ(messages_of(world, 0).size(), 2U);
    const std::string text = messages_of(world, 0).back().at("content");
    const auto seconds = std::chrono::seconds(before.time_since_epoch()).count();
    EXPECT_NE(text.find("A meeting of Group 1 is at another time"), std::string::npos) << text;
    EXPECT_NE(text.find(fmt::format("2\\. <t:{}:F> instead of <t:{}:F>", seconds + 26 * 3600, seconds)),
              std::string::npos)
        << text;
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Retimed, a_change_that_is_taken_back_before_the_next_run_is_no_news) {
    World world;
    (void)world.realize();
    group(world, 0).meetings.at(1).scheduled_time += std::chrono::hours(1);
    EXPECT_EQ(world.plan().steps.size(), 2U);
    group(world, 0).meetings.at(1).scheduled_time -= std::chrono::hours(1);
    EXPECT_TRUE(world.realize().done.empty());
}

TEST(Retimed, the_plan_shows_the_event_from_its_old_to_its_new_start) {
    World world;
    (void)world.realize();
    group(world, 0).meetings.at(0).scheduled_time += std::chrono::hours(1);
    const RealizationPlan plan = world.plan();
    const RealizationStep& step = plan.steps.front();
    EXPECT_EQ(step.action, Action::update);
    EXPECT_EQ(step.name, "Group 1 - Meeting 1");
    ASSERT_EQ(step.changes.size(), 2U);
    EXPECT_EQ(step.changes[0], (FieldChange{"start", "2026-03-04T15:00:00Z", "2026-03-04T16:00:00Z"}));
}

TEST(EventTimes, every_event_starts_at_its_meetings_instant_over_clock_changes_and_for_every_anchor) {
    const Date monday{std::chrono::year{2026}, std::chrono::month{3}, std::chrono::day{2}};
    const std::vector<std::string> anchors = {"UTC",
                                              "Europe/London",
                                              "America/New_York",
                                              "Australia/Lord_Howe",
                                              "Asia/Kathmandu",
                                              "Pacific/Auckland"};
    World world(static_cast<int>(anchors.size()), 8);
    world.store.cohort.meeting_minutes = 75;
    for (std::size_t g = 0; g < anchors.size(); ++g) {
        const auto instants =
            meeting_instants(*World::zones().find(anchors[g]), WeeklyStart{23 * 60 + 45}, monday, 8);
        for (std::size_t i = 0; i < 8; ++i) group(world, g).meetings.at(i).scheduled_time = instants.at(i);
    }
    // Four weeks are over when the homes are built.
    world.clock.set(std::chrono::sys_days{std::chrono::year{2026} / 3 / 28});
    (void)world.realize();
    EXPECT_EQ(world.discord->events.size(), anchors.size() * 4);
    for (std::size_t g = 0; g < anchors.size(); ++g) {
        for (std::size_t i = 0; i < 8; ++i) {
            const auto& meeting = group(world, g).meetings.at(i);
            ASSERT_EQ(meeting.discord_event_id.has_value(), i >= 4) << anchors[g] << " " << i;
            if (i < 4) continue;
            const Json& event = event_of(world, g, i);
            EXPECT_EQ(event.at("scheduled_start_time"), to_iso8601(meeting.scheduled_time))
                << anchors[g] << " " << i;
            EXPECT_EQ(event.at("scheduled_end_time"), to_iso8601(meeting.scheduled_time + Minutes(75)));
            EXPECT_EQ(event.at("name"), fmt::format("Group {} - Meeting {}", g + 1, i + 1));
            EXPECT_EQ(event.at("channel_id"), *group(world, g).discord_voice_channel_id);
        }
    }
}

TEST(Preflight, says_what_discord_will_call_things_and_how_much_room_there_is) {
    World world(3, 2);
    group(world, 0).group_name = "General (January 2026)";
    world.discord->add_event("", "2026-05-01T10:00:00+00:00");
    const RealizationPlan plan = world.plan();
    EXPECT_TRUE(
        has_note(plan.notes, Kind::info, "\"General (January 2026)\" becomes \"general-january-2026\""));
    EXPECT_TRUE(has_note(plan.notes, Kind::info,
                         "this plan creates 7 channels; before it, 0 of 500 on the server are in use"));
    EXPECT_TRUE(has_note(plan.notes, Kind::info, "coming events: 1 on the server, room for 98 more"));
    EXPECT_FALSE(has_note(plan.notes, Kind::info, "\"Group 2\" becomes"))
        << "lower case and hyphens go without saying";
}

TEST(Preflight, a_group_beyond_discords_overwrites_is_begun_only_where_somebody_agrees) {
    World world(1, 0);
    auto& members = group(world, 0).members;
    for (int i = 0; i < 1100; ++i) {
        members.push_back({UserId{100 + i}, std::to_string(90000 + i), "Many", Role::participant, "UTC"});
        world.discord->on_server.insert(*members.back().discord_id);
    }
    const std::string fault = "would need access for 1104 people: Discord keeps 1000";
    const RealizationOutcome outcome = world.realize();
    EXPECT_TRUE(has_note(outcome.notes, Kind::blocker, fault));
    EXPECT_TRUE(outcome.blocked());
    EXPECT_EQ(world.discord->writes, 0);
    RealizationOptions agreed;
    agreed.partly = true;
    EXPECT_TRUE(has_note(world.plan(agreed).notes, Kind::shortfall, fault));
    EXPECT_FALSE(world.plan(agreed).blocked());
}

TEST(Preflight, new_groups_without_a_category_stop_a_run_that_would_do_the_rest_unless_somebody_agrees) {
    World world(2, 2);
    (void)world.realize();
    world.discord->channels.erase(*world.store.cohort.discord_category_id);
    RealizationGroup late = group(world, 0);
    late.group_id = GroupId{77};
    late.group_name = "Late group";
    late.discord_text_channel_id = late.discord_voice_channel_id = std::nullopt;
    late.meetings.clear();
    world.store.cohort.groups.push_back(late);
    EXPECT_TRUE(world.realize().done.empty());
    EXPECT_FALSE(world.plan().blocked()) << "with nothing else to do there is nothing to agree to";

    join_group(world, 1, "Newcomer", "8001");
    const int writes = world.discord->writes;
    EXPECT_TRUE(has_note(world.realize().notes, Kind::blocker, "no category to go to"));
    EXPECT_EQ(world.discord->writes, writes);
    RealizationOptions agreed;
    agreed.partly = true;
    const RealizationOutcome outcome = world.realize(agreed);
    EXPECT_TRUE(has_note(outcome.notes, Kind::shortfall, "no category to go to"));
    EXPECT_FALSE(outcome.done.empty());
}

TEST(Preflight, the_plan_names_who_will_see_a_channel) {
    World world(1, 0);
    const RealizationPlan plan = world.plan();
    EXPECT_EQ(std::count_if(plan.steps.begin(), plan.steps.end(),
                            [](const RealizationStep& step) {
                                return step.detail == "seen by Person 1, Person 2 and the bot only";
                            }),
              2);
}

/// What somebody does on the server, how it is told, and what shows that --restore took it back.
struct Drift {
    const char* name;
    std::function<void(World&)> happen;
    const char* told;
    std::function<bool(World&)> is_back;
};

std::vector<Drift> drifts() {
    return {
        {"a text channel is renamed", [](World& w) { text_channel(w, 0)["name"] = "the-best"; },
         "was \"group-1\" when convene made it",
         [](World& w) { return text_channel(w, 0).at("name") == "group-1"; }},
        {"the category is renamed",
         [](World& w) { w.discord->channels.at(*w.store.cohort.discord_category_id)["name"] = "Mine"; },
         "was \"AI Safety - Jan 2025\" when",
         [](World& w) {
             return w.discord->channels.at(*w.store.cohort.discord_category_id).at("name") ==
                    "AI Safety - Jan 2025";
         }},
        {"a voice channel is moved away", [](World& w) { voice_channel(w, 1)["parent_id"] = nullptr; },
         "was moved out of the cohort's category",
         [](World& w) { return voice_channel(w, 1).at("parent_id") == *w.store.cohort.discord_category_id; }},
        {"channels are put into another order", [](World& w) { text_channel(w, 0)["position"] = 9; },
         "were put into another order", [](World& w) { return text_channel(w, 0).at("position") == 0; }},
        {"a person is let in",
         [](World& w) {
             text_channel(w, 0)["permission_overwrites"].push_back(
                 {{"id", "9001"}, {"type", 1}, {"allow", "1024"}, {"deny", "0"}});
         },
         "was opened by hand to 1 more person or role",
         [](World& w) { return !sees(text_channel(w, 0), "9001"); }},
        {"a member is shut out",
         [](World& w) {
             for (Json& overwrite : text_channel(w, 0)["permission_overwrites"])
                 if (overwrite.at("id") == "2002") overwrite["allow"] = "0";
         },
         "was taken from Person 2 by hand", [](World& w) { return sees(text_channel(w, 0), "2002"); }},
        {"a channel is opened to everyone",
         [](World& w) {
             for (Json& overwrite : text_channel(w, 0)["permission_overwrites"])
                 if (overwrite.at("id") == FakeDiscord::kGuild) overwrite["deny"] = "0";
         },
         "can be seen by everyone on the server",
         [](World& w) {
             for (const Json& overwrite : text_channel(w, 0).at("permission_overwrites"))
                 if (overwrite.at("id") == FakeDiscord::kGuild) return overwrite.at("deny") == "1024";
             return false;
         }},
        {"a channel is deleted",
         [](World& w) { w.discord->channels.erase(*group(w, 2).discord_text_channel_id); },
         "is gone from Discord or hidden from the bot",
         [](World& w) { return w.discord->channels.contains(*group(w, 2).discord_text_channel_id); }},
        {"an event is moved",
         [](World& w) { event_of(w, 0, 0)["scheduled_start_time"] = "2026-03-05T09:00:00+00:00"; },
         "was moved by hand to 2026-03-05T09:00:00Z",
         [](World& w) { return event_of(w, 0, 0).at("scheduled_start_time") == "2026-03-04T15:00:00Z"; }},
        {"an event is renamed", [](World& w) { event_of(w, 0, 0)["name"] = "Party"; },
         "was renamed by hand to \"Party\"",
         [](World& w) { return event_of(w, 0, 0).at("name") == "Group 1 - Meeting 1"; }},
        {"an event is cancelled", [](World& w) { event_of(w, 0, 0)["status"] = 4; },
         "was cancelled on Discord", [](World& w) { return event_of(w, 0, 0).at("status") == 1; }},
        {"an event is deleted",
         [](World& w) { w.discord->events.erase(*group(w, 0).meetings.at(0).discord_event_id); },
         "was deleted on Discord",
         [](World& w) { return w.discord->events.contains(*group(w, 0).meetings.at(0).discord_event_id); }},
    };
}

TEST(HumansWin, every_change_by_hand_is_told_and_left_however_often_a_run_looks) {
    for (const Drift& drift : drifts()) {
        World world;
        (void)world.realize();
        drift.happen(world);
        const int writes = world.discord->writes;
        for (int run = 0; run < 3; ++run) {
            const RealizationOutcome outcome = world.realize();
            EXPECT_TRUE(has_note(outcome.notes, Kind::drift, drift.told)) << drift.name;
            EXPECT_TRUE(outcome.done.empty()) << drift.name;
        }
        EXPECT_EQ(world.discord->writes, writes) << drift.name;
        EXPECT_FALSE(drift.is_back(world)) << drift.name;
    }
}

TEST(HumansWin, restore_takes_each_back_shows_it_first_and_then_has_nothing_to_do) {
    for (const Drift& drift : drifts()) {
        World world;
        (void)world.realize();
        drift.happen(world);
        EXPECT_FALSE(world.plan(restoring()).steps.empty()) << drift.name;
        const RealizationOutcome outcome = world.realize(restoring());
        EXPECT_EQ(outcome.failure, "") << drift.name;
        EXPECT_TRUE(drift.is_back(world)) << drift.name;
        EXPECT_TRUE(world.plan(restoring()).steps.empty()) << drift.name;
        EXPECT_EQ(world.discord->leaks, 0) << drift.name;
    }
}

TEST(HumansWin, groups_added_between_others_are_no_change_of_order) {
    World world;
    (void)world.realize();
    RealizationGroup late = group(world, 2);
    late.group_id = GroupId{9};
    late.group_name = "Group 1b";
    late.discord_text_channel_id.reset();
    late.discord_voice_channel_id.reset();
    late.meetings.clear();
    world.store.cohort.groups.push_back(late);
    (void)world.realize();
    EXPECT_FALSE(has_note(world.realize().notes, Kind::drift, "another order"));
}

TEST(HumansWin, a_name_given_by_hand_stays_when_the_meeting_moves) {
    World world;
    (void)world.realize();
    event_of(world, 0, 0)["name"] = "Party";
    group(world, 0).meetings.at(0).scheduled_time += std::chrono::hours(1);
    (void)world.realize();
    EXPECT_EQ(event_of(world, 0, 0).at("name"), "Party");
    EXPECT_EQ(event_of(world, 0, 0).at("scheduled_start_time"), "2026-03-04T16:00:00Z");
}

}  // namespace
}  // namespace convene::discord::test
