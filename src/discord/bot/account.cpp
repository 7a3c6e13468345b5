#include "discord/bot/account.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/failure.h"
#include "discord/realize/access.h"

namespace convene::discord {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMembersIntent = 1ULL << 14U;
constexpr std::uint64_t kMembersIntentLimited = 1ULL << 15U;  // below a hundred servers
// A string of the application's id; `bot` implies commands, older clients want to be told.
constexpr const char* kInvite =
    "https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands&permissions={}";

bool never_stop() {
    return false;
}

[[noreturn]] void fail(const RestError& error, const std::string& advice = "") {
    std::string text = error.message;
    if (error.bad_token())
        text += ". DISCORD_TOKEN is not this bot's token: copy it anew from the developer portal, page Bot";
    if (!advice.empty()) text += ". " + advice;
    throw DiscordFailure(text, error.kind == RestError::Kind::refused ? Retry::useless : Retry::safe);
}

Json get(RestClient& client, const Route& route) {
    const auto reply = client.send({route, "", ""}, never_stop);
    if (!reply) fail(reply.error());
    Json json = Json::parse(reply->body, nullptr, false);
    if (!json.is_object()) throw DiscordFailure(route.name() + " was answered with no object", Retry::safe);
    return json;
}

std::string text_of(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::uint64_t flags_of(const Json& json) {
    const auto found = json.find("flags");
    return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

/// Empty when it cannot be had and is known well enough.
Json application_of(RestClient& client, const std::string& application_id) {
    const Route route(Method::get, "/applications/@me");
    if (application_id.empty()) return get(client, route);
    const auto reply = client.send({route, "", ""}, never_stop);
    const Json json = reply ? Json::parse(reply->body, nullptr, false) : Json::object();
    return json.is_object() ? json : Json::object();
}

}  // namespace

BotAccount look_up_account(RestClient& client, const std::string& application_id) {
    const Json user = get(client, Route(Method::get, "/users/@me"));
    BotAccount account;
    account.user_id = text_of(user, "id");
    account.name = text_of(user, "username");
    const Json application = application_of(client, application_id);
    account.application_id = text_of(application, "id");
    account.public_key = text_of(application, "verify_key");
    account.members_intent = (flags_of(application) & (kMembersIntent | kMembersIntentLimited)) != 0;
    if (account.application_id.empty()) account.application_id = application_id;
    if (account.application_id.empty())
        throw DiscordFailure("Discord does not say which application this is: set DISCORD_APPLICATION_ID",
                             Retry::useless);
    if (!application_id.empty() && application_id != account.application_id)
        throw DiscordFailure(fmt::format("DISCORD_APPLICATION_ID is {}, and DISCORD_TOKEN belongs to "
                                         "application {}: leave the first one out",
                                         application_id, account.application_id),
                             Retry::useless);
    return account;
}

bool register_commands(RestClient& client, const std::string& application_id, const std::string& guild_id,
                       const std::vector<CommandDefinition>& commands) {
    // The application is no major parameter of Discord's limits, the server is.
    constexpr const char* kPath = "/applications/{application_id}/guilds/{guild_id}/commands";
    const std::string advice =
        "Is DISCORD_GUILD_ID right, and was the bot added there by the link of `convene bot --invite`?";
    const auto listed =
        client.send({Route(Method::get, kPath, {application_id, guild_id}), "", ""}, never_stop);
    if (!listed) fail(listed.error(), advice);
    if (same_commands(listed->body, commands)) return false;
    const auto put = client.send(
        {Route(Method::put, kPath, {application_id, guild_id}), write_commands(commands), ""}, never_stop);
    if (!put) fail(put.error(), advice);
    return true;
}

std::string invite_link(const std::string& application_id) {
    return fmt::format(kInvite, application_id, access::kInvited);
}

}  // namespace convene::discord
