// src/web/api/cookies.h: how a browser remembers its session.
#pragma once
#include <string>
#include <string_view>

#include "web/backstage.h"

namespace convene::web {

inline constexpr std::string_view kSessionCookie = "convene_session";
inline constexpr std::string_view kStateCookie = "convene_login";

/// Values of Set-Cookie. No script reads them, and no other site makes a browser send the session.
[[nodiscard]] std::string session_cookie(const Session& session, const Backstage& stage);
[[nodiscard]] std::string expired_cookie(const Backstage& stage);
/// Lives for ten minutes, and comes back from Discord's page.
[[nodiscard]] std::string state_cookie(const std::string& state, const Backstage& stage);

/// For a query.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace convene::web
