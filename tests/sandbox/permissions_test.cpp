#include "sandbox/server/permissions.h"

#include <gtest/gtest.h>

#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {
using namespace permission;

constexpr Snowflake kGuild = 10;  // also @everyone's role
constexpr Snowflake kRed = 21, kBlue = 22, kBoss = 23;
constexpr Snowflake kOwner = 1, kAdmin = 2, kMember = 3, kStranger = 9;

World small_world(Permissions everyone = kViewChannel | kSendMessages | kConnect | kEmbedLinks) {
    World world;
    world.guild_id = kGuild;
    world.owner_id = kOwner;
    const auto role = [&](Snowflake id, Permissions permissions) {
        Role added;
        added.id = id;
        added.permissions = permissions;
        world.roles.emplace(id, added);
    };
    role(kGuild, everyone);
    role(kRed, kManageChannels);
    role(kBlue, kManageRoles);
    role(kBoss, kAdministrator);
    const auto member = [&](Snowflake id, std::vector<Snowflake> roles) {
        Member added;
        added.id = id;
        added.roles = std::move(roles);
        world.members.emplace(id, added);
    };
    member(kOwner, {});
    member(kAdmin, {kBoss});
    member(kMember, {kRed, kBlue});
    return world;
}

Channel channel_with(std::vector<Overwrite> overwrites, ChannelType type = ChannelType::text) {
    Channel channel;
    channel.id = 100;
    channel.type = type;
    channel.overwrites = std::move(overwrites);
    return channel;
}

Overwrite for_role(Snowflake id, Permissions allow, Permissions deny) {
    return {id, OverwriteKind::role, allow, deny, true};
}
Overwrite for_member(Snowflake id, Permissions allow, Permissions deny) {
    return {id, OverwriteKind::member, allow, deny, true};
}

TEST(GuildPermissions, are_everyones_and_all_roles_together) {
    const World world = small_world(kViewChannel);
    EXPECT_EQ(guild_permissions(world, kMember), kViewChannel | kManageChannels | kManageRoles);
    EXPECT_EQ(guild_permissions(world, kOwner), kAll);
    EXPECT_EQ(guild_permissions(world, kAdmin), kAll);
    EXPECT_EQ(guild_permissions(world, kStranger), 0U);
}

struct OverwriteCase {
    const char* claim;
    std::vector<Overwrite> overwrites;
    Snowflake user;
    Permissions wanted;
    bool held;
};

class OverwriteOrder : public ::testing::TestWithParam<OverwriteCase> {};

TEST_P(OverwriteOrder, decides) {
    const OverwriteCase& c = GetParam();
    const World world = small_world();
    EXPECT_EQ(has_all(channel_permissions(world, c.user, channel_with(c.overwrites)), c.wanted), c.held)
        << c.claim;
}

INSTANTIATE_TEST_SUITE_P(
    Table, OverwriteOrder,
    ::testing::Values(
        OverwriteCase{
            "everyone denied is denied", {for_role(kGuild, 0, kSendMessages)}, kMember, kSendMessages, false},
        OverwriteCase{"a role's allow beats everyone's deny",
                      {for_role(kGuild, 0, kSendMessages), for_role(kRed, kSendMessages, 0)},
                      kMember,
                      kSendMessages,
                      true},
        OverwriteCase{"one role's allow beats another's deny",
                      {for_role(kRed, 0, kSendMessages), for_role(kBlue, kSendMessages, 0)},
                      kMember,
                      kSendMessages,
                      true},
        OverwriteCase{"a role's deny beats everyone's allow",
                      {for_role(kGuild, kSendMessages, 0), for_role(kRed, 0, kSendMessages)},
                      kMember,
                      kSendMessages,
                      false},
        OverwriteCase{"the member's allow beats every role's deny",
                      {for_role(kRed, 0, kViewChannel), for_member(kMember, kViewChannel, 0)},
                      kMember,
                      kViewChannel,
                      true},
        OverwriteCase{"the member's deny beats every role's allow",
                      {for_role(kRed, kViewChannel, 0), for_member(kMember, 0, kViewChannel)},
                      kMember,
                      kViewChannel,
                      false},
        OverwriteCase{"allow beats deny in one overwrite",
                      {for_role(kGuild, kSendMessages, kSendMessages)},
                      kMember,
                      kSendMessages,
                      true},
        OverwriteCase{"a role one lacks does not count",
                      {for_role(kBoss, 0, kViewChannel)},
                      kMember,
                      kViewChannel,
                      true},
        OverwriteCase{"a guild-level grant does not survive everyone's deny",
                      {for_role(kGuild, 0, kManageChannels)},
                      kMember,
                      kManageChannels,
                      false},
        OverwriteCase{
            "an administrator is never denied", {for_member(kAdmin, 0, kViewChannel)}, kAdmin, kAll, true},
        OverwriteCase{"the owner is never denied", {for_member(kOwner, 0, kViewChannel)}, kOwner, kAll, true},
        OverwriteCase{"a stranger has nothing, allowed or not",
                      {for_member(kStranger, kViewChannel, 0)},
                      kStranger,
                      kViewChannel,
                      false}));

TEST(ChannelPermissions, without_view_nothing_is_left) {
    const World world = small_world();
    EXPECT_EQ(channel_permissions(world, kMember, channel_with({for_role(kGuild, 0, kViewChannel)})), 0U);
}

TEST(ChannelPermissions, without_send_there_are_no_embeds) {
    const World world = small_world();
    const Permissions held =
        channel_permissions(world, kMember, channel_with({for_role(kGuild, 0, kSendMessages)}));
    EXPECT_FALSE(has_all(held, kEmbedLinks));
    EXPECT_TRUE(has_all(held, kManageChannels));
}

TEST(ChannelPermissions, voice_without_connect_cannot_be_managed_but_text_can) {
    const World world = small_world();
    const auto denied = {for_role(kGuild, 0, kConnect)};
    EXPECT_FALSE(has_all(channel_permissions(world, kMember, channel_with(denied, ChannelType::voice)),
                         kManageChannels));
    EXPECT_TRUE(has_all(channel_permissions(world, kMember, channel_with(denied, ChannelType::text)),
                        kManageChannels));
}

TEST(ChannelPermissions, an_overwrite_without_effect_is_as_good_as_none) {
    const World world = small_world();
    Overwrite lost = for_role(kGuild, 0, kViewChannel);
    lost.effective = false;
    EXPECT_TRUE(has_all(channel_permissions(world, kMember, channel_with({lost})), kViewChannel));
}

TEST(ChannelPermissions, someone_without_any_guild_permission_can_still_be_let_into_a_channel) {
    World world = small_world(0);
    world.members.at(kMember).roles.clear();
    EXPECT_EQ(channel_permissions(world, kMember, channel_with({for_member(kMember, kViewChannel, 0)})),
              kViewChannel);
}

TEST(Visibility, a_category_shows_when_one_of_its_channels_does) {
    World world = small_world();
    Channel category = channel_with({for_role(kGuild, 0, kViewChannel)}, ChannelType::category);
    Channel inside = channel_with({for_role(kGuild, 0, kViewChannel)});
    inside.id = 101;
    inside.parent_id = category.id;
    world.channels = {{category.id, category}, {inside.id, inside}};
    EXPECT_TRUE(visible_channels(world, kMember).empty());

    world.channels.at(101).overwrites.push_back(for_member(kMember, kViewChannel, 0));
    EXPECT_EQ(visible_channels(world, kMember).size(), 2U);
}

TEST(Visibility, an_event_shows_to_those_who_see_its_channel) {
    World world = small_world();
    Channel voice = channel_with({for_role(kGuild, 0, kViewChannel)}, ChannelType::voice);
    world.channels = {{voice.id, voice}};
    ScheduledEvent inside, outside;
    inside.id = 200;
    inside.channel_id = voice.id;
    outside.id = 201;
    outside.entity_type = EntityType::external;
    world.events = {{200, inside}, {201, outside}};
    ASSERT_EQ(visible_events(world, kMember).size(), 1U);
    EXPECT_EQ(visible_events(world, kMember)[0]->id, 201U);
    EXPECT_EQ(visible_events(world, kAdmin).size(), 2U);
    EXPECT_TRUE(visible_events(world, kStranger).empty());
}

}  // namespace
}  // namespace convene::sandbox
