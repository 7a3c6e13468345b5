// New meeting times, told to everybody in a group of any size.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "discord/realize/text.h"
#include "discord/realize/welcome_message.h"
#include "tests/discord/support/changes_of_plan.h"
#include "tests/discord/support/server_text.h"

namespace convene::discord {
namespace {

using test::Accident;
using test::Killed;
using test::World;

constexpr int kCrowd = 90;
const Instant kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};

GroupWelcomeData data_of(int members, int meetings) {
    GroupWelcomeData data;
    data.group_name = "Group 1";
    for (int i = 0; i < meetings; ++i)
        data.meetings.push_back(kNow + std::chrono::days(3 + 7 * i) + std::chrono::hours(15));
    for (int i = 0; i < members; ++i)
        data.members.push_back(
            {"Person", fmt::format("{}", 1234567890123450000LL + i), Role::participant, "UTC"});
    return data;
}

/// All an hour earlier than they are now.
std::vector<Instant> told_of(const GroupWelcomeData& data) {
    std::vector<Instant> told = data.meetings;
    for (Instant& time : told) time -= std::chrono::hours(1);
    return told;
}

int count(const std::string& text, const std::string& part) {
    int found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(NewTimes, each_member_is_mentioned_and_each_moved_meeting_told_in_exactly_one_message) {
    for (const int members : {0, 1, 36, 37, 90, 250}) {
        for (const int meetings : {1, 8, 60, 520}) {
            const GroupWelcomeData data = data_of(members, meetings);
            std::string all;
            std::map<std::string, int> mentioned;
            for (const MessagePart& part : divide_new_times(data, told_of(data), kNow)) {
                const NewMessage message = format_new_times(data, part, told_of(data), kNow, "ref:0123");
                EXPECT_LE(discord_length(message.content), 2000U);
                EXPECT_LE(message.mentions.size(), 100U);
                for (const std::string& user : message.mentions) {
                    ++mentioned[user];
                    EXPECT_EQ(count(message.content, "<@" + user + ">"), 1);
                }
                all += message.content;
            }
            EXPECT_EQ(mentioned.size(), static_cast<std::size_t>(members));
            for (const auto& [user, times] : mentioned) EXPECT_EQ(times, 1) << user;
            EXPECT_EQ(count(all, "<@"), members);
            EXPECT_EQ(count(all, "instead of"), meetings);
        }
    }
}

TEST(NewTimes, a_usual_group_gets_one_message) {
    const GroupWelcomeData data = data_of(9, 8);
    EXPECT_EQ(divide_new_times(data, told_of(data), kNow).size(), 1U);
}

/// A group of many whose meetings have moved since it was realized.
std::unique_ptr<World> retimed_crowd() {
    auto world = std::make_unique<World>(1, 2);
    for (int i = 0; i < kCrowd; ++i)
        test::join_group(*world, 0, fmt::format("Person {}", i),
                         fmt::format("{}", 9000000000000000000LL + i));
    (void)world->realize();
    for (RealizationMeeting& meeting : world->store.cohort.groups.at(0).meetings)
        meeting.scheduled_time += std::chrono::hours(1);
    return world;
}

std::string text_of_messages(const World& world, std::size_t from = 0) {
    const auto& group = world.store.cohort.groups.at(0);
    const auto& messages = world.discord->messages.at(*group.discord_text_channel_id);
    std::string all;
    for (std::size_t i = from; i < messages.size(); ++i) all += messages[i].at("content").get<std::string>();
    return all;
}

/// Empty, or who does not stand once in the welcome and once among those told.
std::string fault(const World& world) {
    const std::string all = text_of_messages(world);
    for (const RealizationMember& member : world.store.cohort.groups.at(0).members) {
        const int times = count(all, "<@" + *member.discord_id + ">");
        if (times != 2)
            return fmt::format("{} stands in {} messages instead of 2", *member.discord_id, times);
    }
    return "";
}

bool stands(World& world) {
    for (int run = 0; run < 5; ++run) {
        try {
            const RealizationOutcome outcome = world.realize();
            if (outcome.failure.empty() && outcome.not_done.empty()) return world.plan().steps.empty();
        } catch (const Killed&) {
        } catch (const Failure&) {
        }
    }
    return false;
}

TEST(NewTimes, killed_at_any_moment_everybody_in_a_crowd_is_told_exactly_once) {
    const auto calm = retimed_crowd();
    const int first = calm->discord->requests;
    int journal_writes = 0;
    calm->store.at_write = [&](bool after) { journal_writes += after ? 1 : 0; };
    ASSERT_TRUE(stands(*calm));
    const int requests = calm->discord->requests - first;
    ASSERT_EQ(fault(*calm), "");
    const std::string server = test::server_text(*calm);

    int points = 0;
    for (int n = 0; n < requests; ++n) {
        for (const Accident accident :
             {Accident::kill_before, Accident::kill_after, Accident::kill_late, Accident::drop_after}) {
            const auto world = retimed_crowd();
            world->discord->accident = [&](int request) {
                return request == first + n ? accident : Accident::none;
            };
            EXPECT_TRUE(stands(*world));
            EXPECT_EQ(fault(*world), "") << "request " << n << ", accident " << static_cast<int>(accident);
            EXPECT_EQ(test::server_text(*world), server) << "request " << n;
            ++points;
        }
    }
    for (int n = 0; n < journal_writes; ++n) {
        for (const bool after : {false, true}) {
            const auto world = retimed_crowd();
            int seen = 0;
            world->store.at_write = [&](bool now_after) {
                if (now_after != after || seen++ != n) return;
                world->discord->die();
                throw Killed{};
            };
            EXPECT_TRUE(stands(*world));
            EXPECT_EQ(fault(*world), "") << "journal write " << n << (after ? ", after" : ", before");
            EXPECT_EQ(test::server_text(*world), server) << "journal write " << n;
            ++points;
        }
    }
    std::printf("[ POINTS   ] %d points of a crowd\n", points);
    EXPECT_GT(points, 40);
}

TEST(NewTimes, a_change_between_two_of_the_messages_is_told_to_everybody) {
    const auto calm = retimed_crowd();
    const auto begin = calm->discord->log.size();
    ASSERT_TRUE(stands(*calm));
    std::vector<int> sends;
    for (std::size_t i = begin; i < calm->discord->log.size(); ++i) {
        const std::string& line = calm->discord->log[i];
        if (line.starts_with("POST") && line.ends_with("/messages")) sends.push_back(static_cast<int>(i));
    }
    ASSERT_EQ(sends.size(), 2U);

    const auto world = retimed_crowd();
    world->discord->accident = [&](int request) {
        return request == sends[1] ? Accident::kill_before : Accident::none;
    };
    EXPECT_THROW((void)world->realize(), Killed);
    world->discord->accident = nullptr;
    const auto& group = world->store.cohort.groups.at(0);
    const std::size_t told = world->discord->messages.at(*group.discord_text_channel_id).size();
    for (RealizationMeeting& meeting : world->store.cohort.groups.at(0).meetings)
        meeting.scheduled_time += std::chrono::hours(1);
    ASSERT_TRUE(stands(*world));
    const std::string news = text_of_messages(*world, told);
    for (const RealizationMember& member : group.members)
        EXPECT_EQ(count(news, "<@" + *member.discord_id + ">"), 1);
    EXPECT_EQ(count(news, "instead of"), 2);
}

}  // namespace
}  // namespace convene::discord
