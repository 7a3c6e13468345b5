// src/discord/gateway/close_code.h: what follows from the code with which Discord closed the gateway.
#pragma once
#include <optional>
#include <string>

namespace convene::discord {

enum class AfterClose {
    resume,       ///< the session is still there, or resuming will show that it is not
    new_session,  ///< it is not
    give_up,      ///< nothing will do until somebody mends the configuration
};

/// \param code  nothing when the connection ended without a close frame
[[nodiscard]] AfterClose after_close(std::optional<int> code) noexcept;

/// For people: what the code means, and for give_up also what to do about it.
[[nodiscard]] std::string close_code_text(std::optional<int> code);

/// With these two the client ends its session; any other keeps it.
inline constexpr int kCloseForGood = 1000;
/// What this client closes with when it means to come back.
inline constexpr int kCloseToResume = 4000;

}  // namespace convene::discord
