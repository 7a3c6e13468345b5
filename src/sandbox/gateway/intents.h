// src/sandbox/gateway/intents.h: what a session may ask to be told.
#pragma once

namespace convene::sandbox::intent {

inline constexpr int kGuilds = 1 << 0;
inline constexpr int kGuildMembers = 1 << 1;  ///< privileged
inline constexpr int kGuildModeration = 1 << 2;
inline constexpr int kGuildPresences = 1 << 8;  ///< privileged
inline constexpr int kGuildMessages = 1 << 9;
inline constexpr int kMessageContent = 1 << 15;  ///< privileged
inline constexpr int kGuildScheduledEvents = 1 << 16;

/// Every intent there is: 0 to 16, 20, 21, 24 and 25.
inline constexpr int kAll = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/// Told to every session, whatever its intents.
inline constexpr int kNone = 0;

}  // namespace convene::sandbox::intent
