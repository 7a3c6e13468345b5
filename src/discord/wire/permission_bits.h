// src/discord/wire/permission_bits.h: Discord's permissions, as bits of a 64-bit number.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convene::discord {

using Permissions = std::uint64_t;

namespace permission {
inline constexpr Permissions kAdministrator = 1ULL << 3;
inline constexpr Permissions kManageChannels = 1ULL << 4;
inline constexpr Permissions kAddReactions = 1ULL << 6;
inline constexpr Permissions kViewAuditLog = 1ULL << 7;
inline constexpr Permissions kViewChannel = 1ULL << 10;
inline constexpr Permissions kSendMessages = 1ULL << 11;
inline constexpr Permissions kEmbedLinks = 1ULL << 14;
inline constexpr Permissions kReadMessageHistory = 1ULL << 16;
inline constexpr Permissions kConnect = 1ULL << 20;
inline constexpr Permissions kSpeak = 1ULL << 21;
inline constexpr Permissions kManageRoles = 1ULL << 28;
inline constexpr Permissions kManageEvents = 1ULL << 33;
inline constexpr Permissions kCreatePublicThreads = 1ULL << 35;
inline constexpr Permissions kCreatePrivateThreads = 1ULL << 36;
inline constexpr Permissions kSendMessagesInThreads = 1ULL << 38;
inline constexpr Permissions kCreateEvents = 1ULL << 44;
}  // namespace permission

/// `View Channel, Connect`: as the settings of a Discord server call them.
[[nodiscard]] std::string permission_names(Permissions bits);

/// On the wire permissions are decimal strings, too long for a JSON number.
[[nodiscard]] std::optional<Permissions> parse_permissions(std::string_view text);

}  // namespace convene::discord
