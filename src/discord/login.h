// src/discord/login.h: who somebody is by Discord's login page (OAuth2, authorization code).
#pragma once
#include <string>

#include "discord/rest/http_transport.h"

namespace convene::discord {

struct LoginConfiguration {
    std::string api_base;  ///< `https://discord.com/api/v10`
    std::string application_id;
    std::string client_secret;
    std::string guild_id;  ///< whose administrators count
};

struct LoggedIn {
    std::string name;
    bool administrator = false;  ///< owner of that server, or holds ADMINISTRATOR there
};

/// Exchanges the code that Discord's page sent back, asks who it was and what they may do on the server,
/// and forgets the access at once. \throws DiscordFailure without secrets
[[nodiscard]] LoggedIn log_in(HttpTransport& transport, const LoginConfiguration& configuration,
                              const std::string& code, const std::string& redirect_uri);

}  // namespace convene::discord
