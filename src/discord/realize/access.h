// src/discord/realize/access.h: who may do what in the places that convene makes.
//
// Overwrites go into the creating call: nothing is public for an instant, and
// the bot, which would lose sight of what it hides, keeps an overwrite of its own.
// Manage Roles is never in an overwrite: Discord refuses it from a bot.
#pragma once
#include "discord/wire/objects.h"

namespace convene::discord {

namespace access {
using namespace permission;
inline constexpr Permissions kEveryoneDenied = kViewChannel;
inline constexpr Permissions kEveryoneDeniedVoice = kViewChannel | kConnect;
inline constexpr Permissions kBotCategory = kViewChannel | kManageChannels;
inline constexpr Permissions kBotText =
    kViewChannel | kManageChannels | kSendMessages | kEmbedLinks | kReadMessageHistory;
inline constexpr Permissions kBotVoice = kViewChannel | kManageChannels | kConnect | kCreateEvents;
inline constexpr Permissions kMemberText = kViewChannel | kSendMessages | kReadMessageHistory;
inline constexpr Permissions kMemberVoice = kViewChannel | kConnect | kSpeak;

/// What the bot must hold over the whole server: each bit that it gives or takes in an
/// overwrite, and Manage Roles to change overwrites later.
inline constexpr Permissions kRequired = kBotText | kBotVoice | kMemberText | kMemberVoice | kManageRoles;
/// What an invitation asks for: beyond the necessary Manage Events, by which the bot still moves events of
/// its own where Create Events was taken from it, and View Audit Log, which tells who made a channel.
inline constexpr Permissions kInvited = kRequired | kManageEvents | kViewAuditLog;
static_assert(kInvited == 17601047645328U);
}  // namespace access

[[nodiscard]] Overwrite everyone_overwrite(const std::string& guild_id, ChannelType type);
[[nodiscard]] Overwrite bot_overwrite(const std::string& bot_id, ChannelType type);
/// Text and voice channels; members have none on the category.
[[nodiscard]] Overwrite member_overwrite(const std::string& user_id, ChannelType type);

}  // namespace convene::discord
