#include "discord/login.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "app/failure.h"

namespace convene::discord {
namespace {

constexpr std::uint64_t kAdministrator = 1ULL << 3U;

std::string form_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.') {
            out += c;
        } else {
            out += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
        }
    }
    return out;
}

nlohmann::json ask(HttpTransport& transport, HttpRequest request, const char* what) {
    const auto response = transport.send(request);
    if (!response)
        throw DiscordFailure(std::string("logging in with Discord: no answer to ") + what, Retry::safe);
    auto document = nlohmann::json::parse(response->body, nullptr, false);
    if (response->status / 100 != 2 || !document.is_structured()) {
        throw DiscordFailure("logging in with Discord: " + std::string(what) + " was answered with status " +
                                 std::to_string(response->status),
                             Retry::useless);
    }
    return document;
}

HttpRequest get(const std::string& url, const std::string& token) {
    HttpRequest request;
    request.method = "GET";
    request.url = url;
    request.headers.emplace_back("Authorization", "Bearer " + token);
    return request;
}

/// Empty for anything but a text under that name.
std::string text_of(const nlohmann::json& document, const char* key) {
    if (!document.is_object()) return "";
    const auto found = document.find(key);
    return found != document.end() && found->is_string() ? found->get<std::string>() : "";
}

bool is_administrator(const nlohmann::json& guild) {
    if (guild.contains("owner") && guild.at("owner") == true) return true;
    return (std::strtoull(text_of(guild, "permissions").c_str(), nullptr, 10) & kAdministrator) != 0;
}

}  // namespace

LoggedIn log_in(HttpTransport& transport, const LoginConfiguration& configuration, const std::string& code,
                const std::string& redirect_uri) {
    HttpRequest exchange;
    exchange.method = "POST";
    exchange.url = configuration.api_base + "/oauth2/token";
    exchange.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    exchange.body = "grant_type=authorization_code&code=" + form_encoded(code) +
                    "&redirect_uri=" + form_encoded(redirect_uri) +
                    "&client_id=" + form_encoded(configuration.application_id) +
                    "&client_secret=" + form_encoded(configuration.client_secret);
    const std::string token =
        text_of(ask(transport, std::move(exchange), "the exchange of the code"), "access_token");
    if (token.empty()) throw DiscordFailure("logging in with Discord: no access was given", Retry::useless);
    const nlohmann::json user =
        ask(transport, get(configuration.api_base + "/users/@me", token), "who it is");
    const nlohmann::json guilds =
        ask(transport, get(configuration.api_base + "/users/@me/guilds", token), "their servers");
    LoggedIn logged_in;
    logged_in.name = text_of(user, "global_name");
    if (logged_in.name.empty()) logged_in.name = text_of(user, "username");
    logged_in.administrator = std::any_of(guilds.begin(), guilds.end(), [&](const nlohmann::json& guild) {
        return text_of(guild, "id") == configuration.guild_id && is_administrator(guild);
    });
    return logged_in;
}

}  // namespace convene::discord
