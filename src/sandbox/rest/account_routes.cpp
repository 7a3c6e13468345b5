// What the bot learns about itself.
#include "sandbox/endpoint/signing_key.h"
#include "sandbox/rest/call.h"
#include "sandbox/server/objects.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr int kFlagGuildMembersLimited = 1 << 15;

Result<Answer> get_my_user(World& world, const Call& call) {
    json user = user_object(world, call.act.user_id);
    user["mfa_enabled"] = false;
    user["locale"] = "en-US";
    user["verified"] = true;
    user["email"] = nullptr;
    user["bio"] = "";
    return Answer{200, user};
}

Result<Answer> get_my_application(World& world, const Call&) {
    const Identity& identity = world.identity;
    const int flags = world.settings.guild_members_intent ? kFlagGuildMembersLimited : 0;
    json application = {{"id", id_text(identity.application_id)},
                        {"name", user_object(world, identity.bot_user_id)["username"]},
                        {"icon", nullptr},
                        {"description", ""},
                        {"type", nullptr},
                        {"bot", user_object(world, identity.bot_user_id)},
                        {"bot_public", false},
                        {"bot_require_code_grant", false},
                        {"verify_key", public_half(identity.signing_key)},
                        {"flags", flags},
                        {"flags_new", std::to_string(flags)},
                        {"redirect_uris", json::array()},
                        {"interactions_endpoint_url",
                         identity.interactions_url.empty() ? json(nullptr) : json(identity.interactions_url)},
                        {"role_connections_verification_url", nullptr},
                        {"owner", user_object(world, identity.admin_user_id)},
                        {"approximate_guild_count", 1},
                        {"approximate_user_install_count", 0},
                        {"approximate_user_authorization_count", 0},
                        {"explicit_content_filter", 0},
                        {"team", nullptr},
                        {"eligible_oauth2_scopes", json::array()}};
    return Answer{200, application};
}

Result<Answer> get_bot_gateway(World& world, const Call& call) {
    return Answer{200,
                  {{"url", call.gateway_url},
                   {"shards", 1},
                   {"session_start_limit",
                    {{"total", world.settings.identifies_per_day},
                     {"remaining", call.identifies_left},
                     {"reset_after", call.identifies_reset_ms},
                     {"max_concurrency", 1}}}}};
}
}  // namespace

const std::vector<Route>& account_routes() {
    static const std::vector<Route> routes{
        {"GET", "/users/@me", "get_my_user", get_my_user},
        {"GET", "/applications/@me", "get_my_application", get_my_application},
        {"GET", "/gateway/bot", "get_bot_gateway", get_bot_gateway},
    };
    return routes;
}

}  // namespace convene::sandbox
