// src/sandbox/server/permission_bits.h: Discord's permission flags, by its own names.
#pragma once
#include <cstdint>

namespace convene::sandbox {

using Permissions = std::uint64_t;

namespace permission {
constexpr Permissions bit(int n) {
    return Permissions{1} << n;
}

inline constexpr Permissions kCreateInstantInvite = bit(0);
inline constexpr Permissions kAdministrator = bit(3);
inline constexpr Permissions kManageChannels = bit(4);
inline constexpr Permissions kManageGuild = bit(5);
inline constexpr Permissions kAddReactions = bit(6);
inline constexpr Permissions kViewAuditLog = bit(7);
inline constexpr Permissions kPrioritySpeaker = bit(8);
inline constexpr Permissions kStream = bit(9);
inline constexpr Permissions kViewChannel = bit(10);
inline constexpr Permissions kSendMessages = bit(11);
inline constexpr Permissions kSendTtsMessages = bit(12);
inline constexpr Permissions kManageMessages = bit(13);
inline constexpr Permissions kEmbedLinks = bit(14);
inline constexpr Permissions kAttachFiles = bit(15);
inline constexpr Permissions kReadMessageHistory = bit(16);
inline constexpr Permissions kMentionEveryone = bit(17);
inline constexpr Permissions kUseExternalEmojis = bit(18);
inline constexpr Permissions kConnect = bit(20);
inline constexpr Permissions kSpeak = bit(21);
inline constexpr Permissions kMuteMembers = bit(22);
inline constexpr Permissions kDeafenMembers = bit(23);
inline constexpr Permissions kMoveMembers = bit(24);
inline constexpr Permissions kUseVoiceActivity = bit(25);
inline constexpr Permissions kChangeNickname = bit(26);
inline constexpr Permissions kManageRoles = bit(28);
inline constexpr Permissions kUseApplicationCommands = bit(31);
inline constexpr Permissions kRequestToSpeak = bit(32);
inline constexpr Permissions kManageEvents = bit(33);
inline constexpr Permissions kCreatePublicThreads = bit(35);
inline constexpr Permissions kUseExternalStickers = bit(37);
inline constexpr Permissions kSendMessagesInThreads = bit(38);
inline constexpr Permissions kUseEmbeddedActivities = bit(39);
inline constexpr Permissions kUseSoundboard = bit(42);
inline constexpr Permissions kCreateEvents = bit(44);
inline constexpr Permissions kUseExternalSounds = bit(45);
inline constexpr Permissions kSendVoiceMessages = bit(46);
inline constexpr Permissions kSendPolls = bit(49);
inline constexpr Permissions kPinMessages = bit(51);

/// Every flag that exists: 0 to 46 and 48 to 52.
inline constexpr Permissions kAll = (bit(53) - 1) & ~bit(47);

/// What @everyone has on a new server.
inline constexpr Permissions kEveryoneDefault =
    kCreateInstantInvite | kAddReactions | kStream | kViewChannel | kSendMessages | kEmbedLinks |
    kAttachFiles | kReadMessageHistory | kMentionEveryone | kUseExternalEmojis | kConnect | kSpeak |
    kUseVoiceActivity | kChangeNickname | kUseApplicationCommands | kRequestToSpeak | kCreatePublicThreads |
    kUseExternalStickers | kSendMessagesInThreads | kUseEmbeddedActivities | kUseSoundboard |
    kUseExternalSounds | kSendVoiceMessages | kSendPolls;

/// What an organiser grants when inviting a bot that realizes cohorts.
inline constexpr Permissions kBotInstall = 17601047645328ULL;

/// Without SEND_MESSAGES these mean nothing in a channel.
inline constexpr Permissions kNeedSendMessages =
    kMentionEveryone | kSendTtsMessages | kAttachFiles | kEmbedLinks | kSendVoiceMessages | kSendPolls;

/// Without CONNECT these mean nothing in a voice channel.
inline constexpr Permissions kNeedConnect =
    kConnect | kPrioritySpeaker | kStream | kSpeak | kMuteMembers | kDeafenMembers | kMoveMembers |
    kUseVoiceActivity | kUseEmbeddedActivities | kUseSoundboard | kUseExternalSounds | kRequestToSpeak |
    kManageChannels | kManageRoles | kManageEvents | kCreateEvents;
}  // namespace permission
}  // namespace convene::sandbox
