// What proves that something was made when its reply was lost: marks, names, the audit log.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <tuple>
#include <utility>

#include "tests/discord/support/realize_fixture.h"

namespace convene::discord::test {
namespace {

using Json = nlohmann::json;
using Kind = RealizationNote::Kind;

/// The number of the n-th request (from 1) of a calm run that posts to this kind of address.
int request_number(const std::string& ending, int nth) {
    World calm;
    (void)calm.realize();
    for (std::size_t i = 0; i < calm.discord->log.size(); ++i) {
        const std::string& line = calm.discord->log[i];
        if (line.starts_with("POST") && line.ends_with(ending) && --nth == 0) return static_cast<int>(i);
    }
    throw std::logic_error("no such request: " + ending);
}

/// Died after Discord had carried out that request.
std::unique_ptr<World> died_at(int number) {
    auto world = std::make_unique<World>();
    world->discord->accident = [number](int request) {
        return request == number ? Accident::kill_after : Accident::none;
    };
    EXPECT_THROW((void)world->realize(), Killed);
    return world;
}

Json& only_channel(World& world, int type) {
    Json* found = nullptr;
    for (auto& [id, channel] : world.discord->channels) {
        if (channel.at("type") == type) found = &channel;
    }
    return *found;
}

/// Takes the bot's sight of it.
void hide(Json& channel) {
    channel["permission_overwrites"] = {
        {{"id", FakeDiscord::kGuild}, {"type", 0}, {"allow", "0"}, {"deny", "1024"}}};
}

TEST(Evidence, category_renamed_before_anybody_knew_its_id_is_found_in_the_audit_log) {
    const auto world = died_at(request_number("/channels", 1));
    only_channel(*world, 4)["name"] = "Our course";
    const RealizationOutcome outcome = world->realize();
    EXPECT_EQ(outcome.failure, "");
    EXPECT_EQ(world->fault(), "");
    EXPECT_EQ(only_channel(*world, 4).at("name"), "Our course") << "the name given by hand stays";
}

TEST(Evidence, without_a_sight_of_the_audit_log_what_no_list_shows_is_not_made_again_unasked) {
    const auto world = died_at(request_number("/channels", 1));
    world->discord->may_see_audit_log = false;
    only_channel(*world, 4)["name"] = "Our course";
    for (int run = 0; run < 2; ++run) {
        const RealizationOutcome outcome = world->realize();
        EXPECT_TRUE(has_note(outcome.notes, Kind::blocker, "nobody can tell whether the category exists"));
        EXPECT_TRUE(outcome.done.empty());
        EXPECT_FALSE(outcome.not_done.empty());
        EXPECT_EQ(world->discord->channels.size(), 1U);
    }
    world->discord->may_see_audit_log = true;
    EXPECT_EQ(world->realize().failure, "");
    EXPECT_EQ(world->fault(), "");
    EXPECT_EQ(only_channel(*world, 4).at("name"), "Our course");
}

TEST(Evidence, a_plan_says_beforehand_that_the_audit_log_cannot_be_read) {
    World world;
    EXPECT_FALSE(has_note(world.plan().notes, Kind::info, "may not read the audit log"));
    world.discord->bot_permissions &= ~permission::kViewAuditLog;
    const RealizationPlan plan = world.plan();
    EXPECT_TRUE(has_note(plan.notes, Kind::info, "may not read the audit log"));
    EXPECT_FALSE(plan.blocked());
}

TEST(Evidence, what_no_list_shows_is_made_again_on_request) {
    const auto world = died_at(request_number("/channels", 1));
    world->discord->may_see_audit_log = false;
    world->discord->channels.clear();
    EXPECT_TRUE(world->realize().blocked());
    const RealizationOutcome outcome = world->realize({.restore = true});
    EXPECT_EQ(outcome.failure, "");
    EXPECT_TRUE(outcome.not_done.empty());
    EXPECT_EQ(world->fault(), "");
}

TEST(Evidence, top_up_and_archive_go_on_beside_what_nobody_can_tell_about) {
    World world(2, 2);
    (void)world.realize();
    for (JournalEntry& entry : world.store.journal) {
        if (entry.key.object == DiscordObject::text_channel && entry.key.group_id == GroupId{2})
            entry.discord_id.reset();
    }
    hide(world.discord->channels.at(*world.store.cohort.groups[1].discord_text_channel_id));
    world.discord->may_see_audit_log = false;
    world.store.cohort.groups[0].members.push_back(
        {UserId{99}, "9009", "Late", Role::participant, "Europe/London"});
    world.discord->on_server.insert("9009");
    const RealizationOutcome topped_up = world.realize({.top_up = true});
    EXPECT_TRUE(has_note(topped_up.notes, Kind::shortfall, "the text channel of Group 2 exists"));
    EXPECT_EQ(topped_up.done.size(), 3U) << "both channels and a word of welcome";
    const RealizationOutcome archived = world.realize({.goal = RealizationOptions::Goal::archive});
    EXPECT_TRUE(has_note(archived.notes, Kind::shortfall, "the text channel of Group 2 exists"));
    EXPECT_TRUE(archived.not_done.empty());
    EXPECT_EQ(world.discord->channels_of(0).size(), 2U);
}

/// Dies with the first voice channel made, which somebody then hides from the bot.
class HiddenInDoubt : public ::testing::TestWithParam<std::pair<bool, bool>> {};

TEST_P(HiddenInDoubt, it_is_told_not_made_again_and_used_once_it_is_shown) {
    const auto world = died_at(request_number("/channels", 2));
    std::tie(world->discord->may_see_audit_log, world->discord->hidden_is_unknown) = GetParam();
    const Json before = only_channel(*world, 2);
    hide(only_channel(*world, 2));
    for (int run = 0; run < 2; ++run) {
        const RealizationOutcome outcome = world->realize();
        EXPECT_EQ(outcome.failure, "");
        EXPECT_TRUE(std::any_of(outcome.notes.begin(), outcome.notes.end(), [](const auto& note) {
            return note.message.find("hidden from the bot") != std::string::npos;
        }));
        EXPECT_TRUE(world->discord->channels.contains(before.at("id")));
        const std::size_t others = world->store.cohort.groups.size() - 1;
        EXPECT_EQ(world->discord->channels_of(2).size(), GetParam().first ? 1 + others : 1U);
    }
    world->discord->channels.at(before.at("id")) = before;
    const RealizationOutcome outcome = world->realize();
    EXPECT_EQ(outcome.failure, "");
    EXPECT_TRUE(outcome.not_done.empty());
    // Where the rest could go on, the group was welcomed before it had an event.
    EXPECT_EQ(world->fault(), GetParam().first ? "the welcome does not link the first event" : "");
    const int writes = world->discord->writes;
    EXPECT_TRUE(world->realize().done.empty());
    EXPECT_EQ(world->discord->writes, writes);
}

INSTANTIATE_TEST_SUITE_P(AuditLogAndAnswer, HiddenInDoubt,
                         ::testing::Values(std::pair(true, false), std::pair(true, true),
                                           std::pair(false, false), std::pair(false, true)),
                         [](const auto& each) {
                             return std::string(each.param.first ? "audit_log_" : "no_audit_log_") +
                                    (each.param.second ? "unknown" : "no_access");
                         });

TEST(Evidence, channel_of_a_known_id_that_is_hidden_and_called_unknown_is_used_again_once_it_is_shown) {
    for (const int type : {0, 2, 4}) {
        World world(2, 2);
        world.discord->hidden_is_unknown = true;
        (void)world.realize();
        const std::string id = type == 0   ? *world.store.cohort.groups[1].discord_text_channel_id
                               : type == 2 ? *world.store.cohort.groups[1].discord_voice_channel_id
                                           : *world.store.cohort.discord_category_id;
        const Json before = world.discord->channels.at(id);
        const std::size_t channels = world.discord->channels.size();
        hide(world.discord->channels.at(id));
        for (int run = 0; run < 2; ++run) {
            const RealizationOutcome outcome = world.realize();
            EXPECT_EQ(outcome.failure, "");
            EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "is gone from Discord or hidden from the bot"));
            EXPECT_EQ(world.discord->channels.size(), channels) << "no second one";
        }
        world.discord->channels.at(id) = before;
        RealizationOptions restore;
        restore.restore = type == 0;  // not even then
        const RealizationOutcome shown = world.realize(restore);
        EXPECT_FALSE(has_note(shown.notes, Kind::drift, "hidden from the bot"));
        EXPECT_EQ(world.discord->channels.size(), channels);
        EXPECT_EQ(world.fault(), "");
        for (const JournalEntry& entry : world.store.journal) EXPECT_FALSE(entry.given_up);
        // And what the database says of it is carried out again.
        world.store.cohort.groups[1].group_name = "Larks";
        EXPECT_EQ(world.realize().failure, "");
        EXPECT_EQ(
            world.discord->channels.at(*world.store.cohort.groups[1].discord_text_channel_id).at("name"),
            "larks");
    }
}

TEST(Evidence, archive_tells_which_channels_it_could_not_reach) {
    World world(2, 2);
    world.discord->hidden_is_unknown = true;
    (void)world.realize();
    hide(world.discord->channels.at(*world.store.cohort.groups[1].discord_text_channel_id));
    const RealizationOutcome archived = world.realize({.goal = RealizationOptions::Goal::archive});
    EXPECT_TRUE(has_note(archived.notes, Kind::info,
                         "the text channel of Group 2 is gone from Discord or hidden from the bot"));
    EXPECT_TRUE(archived.not_done.empty());
}

TEST(Evidence, voice_channel_hidden_before_anybody_knew_its_id_is_not_made_again) {
    const auto world = died_at(request_number("/channels", 2));  // the category, then a voice channel
    const Json before = only_channel(*world, 2);
    hide(only_channel(*world, 2));
    const RealizationOutcome outcome = world->realize();
    EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "hidden from the bot"));
    EXPECT_EQ(world->discord->channels_of(2).size(), world->store.cohort.groups.size());
    EXPECT_EQ(world->discord->events.size(), 4U) << "its events cannot be made there";

    world->discord->channels.at(before.at("id")) = before;
    EXPECT_EQ(world->realize().failure, "");
    EXPECT_EQ(world->discord->channels_of(2).size(), world->store.cohort.groups.size());
    EXPECT_EQ(world->discord->events.size(), 6U);
}

TEST(Evidence, voice_channel_deleted_before_anybody_knew_its_id_comes_back_on_request_only) {
    const auto world = died_at(request_number("/channels", 2));
    world->discord->channels.erase(only_channel(*world, 2).at("id").get<std::string>());
    const RealizationOutcome outcome = world->realize();
    EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "is gone from Discord"));
    EXPECT_EQ(world->discord->channels_of(2).size(), world->store.cohort.groups.size() - 1);
    RealizationOptions restore;
    restore.restore = true;
    EXPECT_EQ(world->realize(restore).failure, "");
    EXPECT_EQ(world->discord->channels_of(2).size(), world->store.cohort.groups.size());
}

TEST(Evidence, of_two_categories_alike_the_one_in_the_audit_log_is_ours) {
    const auto world = died_at(request_number("/channels", 1));
    const std::string ours = only_channel(*world, 4).at("id");
    Json& copy = world->discord->add_channel(4, world->store.cohort.cohort_name);
    copy["permission_overwrites"] = world->discord->channels.at(ours).at("permission_overwrites");
    const RealizationOutcome outcome = world->realize();
    EXPECT_EQ(world->store.cohort.discord_category_id, ours);
    EXPECT_TRUE(has_note(outcome.notes, Kind::drift, "there is a second category"));
}

TEST(Evidence, without_doubt_nobody_asks_for_the_audit_log) {
    World world;
    (void)world.realize();
    (void)world.realize();
    for (const std::string& line : world.discord->log) EXPECT_EQ(line.find("audit-logs"), std::string::npos);
}

TEST(Evidence, every_change_names_its_job_in_the_audit_log) {
    World world;
    RealizationOptions options;
    options.job_id = "j42";
    (void)world.realize(options);
    ASSERT_EQ(world.discord->audit_log.size(), 13U);  // 1 category, 6 channels, 6 events
    for (const Json& entry : world.discord->audit_log) {
        EXPECT_NE(entry.at("reason").get<std::string>().find("cohort 1, job j42 [ref:"), std::string::npos);
    }
}

/// Of each message of the only group: the people it mentions. Empty where one is told of twice.
std::set<std::string> told_once(const World& world) {
    std::set<std::string> told;
    for (const Json& message :
         world.discord->messages.at(*world.store.cohort.groups.front().discord_text_channel_id)) {
        for (const Json& user : message.at("allowed_mentions").at("users")) {
            if (!told.insert(user.get<std::string>()).second) return {};
        }
    }
    return told;
}

TEST(Evidence, long_welcome_killed_at_every_request_tells_of_each_member_once) {
    const auto world_of_forty = [] {
        auto world = std::make_unique<World>(1, 2);
        RealizationGroup& group = world->store.cohort.groups.front();
        for (int i = 3; i <= 40; ++i) {
            group.members.push_back({UserId{100 + i}, fmt::format("{}", 5000 + i),
                                     fmt::format("Person {}", i), Role::participant, "Europe/London"});
            world->discord->on_server.insert(*group.members.back().discord_id);
        }
        return world;
    };
    const auto calm = world_of_forty();
    (void)calm->realize();
    ASSERT_EQ(told_once(*calm).size(), 40U);
    const std::size_t messages = calm->discord->messages.begin()->second.size();
    ASSERT_GT(messages, 1U);
    int points = 0;
    for (int n = 0; n < calm->discord->requests; ++n) {
        if (!calm->discord->log.at(static_cast<std::size_t>(n)).starts_with("POST")) continue;
        for (const Accident accident : {Accident::kill_before, Accident::kill_after, Accident::kill_late,
                                        Accident::drop_after, Accident::error_502}) {
            const auto world = world_of_forty();
            world->discord->accident = [&](int request) { return request == n ? accident : Accident::none; };
            for (int run = 0; run < 3; ++run) {
                try {
                    if (world->realize().not_done.empty()) break;
                } catch (const Killed&) {
                }
            }
            EXPECT_EQ(told_once(*world).size(), 40U) << n << ", accident " << static_cast<int>(accident);
            EXPECT_EQ(world->discord->messages.begin()->second.size(), messages);
            ++points;
        }
    }
    std::printf("[ POINTS   ] %d points of a long welcome\n", points);
}

}  // namespace
}  // namespace convene::discord::test
