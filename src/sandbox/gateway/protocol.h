// src/sandbox/gateway/protocol.h: numbers of the gateway's protocol.
#pragma once
namespace convene::sandbox {

namespace op {
inline constexpr int kEvent = 0;
inline constexpr int kHeartbeat = 1;
inline constexpr int kIdentify = 2;
inline constexpr int kPresence = 3;
inline constexpr int kVoiceState = 4;
inline constexpr int kResume = 6;
inline constexpr int kReconnect = 7;
inline constexpr int kMembers = 8;
inline constexpr int kInvalidSession = 9;
inline constexpr int kHello = 10;
inline constexpr int kHeartbeatAck = 11;
}  // namespace op

namespace close_code {
inline constexpr int kUnknownError = 4000;
inline constexpr int kUnknownOpcode = 4001;
inline constexpr int kDecodeError = 4002;
inline constexpr int kNotAuthenticated = 4003;
inline constexpr int kAuthenticationFailed = 4004;
inline constexpr int kAlreadyAuthenticated = 4005;
inline constexpr int kInvalidSeq = 4007;
inline constexpr int kRateLimited = 4008;
inline constexpr int kSessionTimedOut = 4009;
inline constexpr int kInvalidShard = 4010;
inline constexpr int kInvalidVersion = 4012;
inline constexpr int kInvalidIntents = 4013;
inline constexpr int kDisallowedIntents = 4014;
}  // namespace close_code

}  // namespace convene::sandbox
