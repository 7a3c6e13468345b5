// src/sandbox/rest/call.h: one API call, as the route handlers see it.
#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sandbox/server/act.h"

namespace convene::sandbox {

/// A status with a JSON body; none for 204.
struct Answer {
    int status = 200;
    nlohmann::json body;
};

struct Call {
    Act act;
    std::map<std::string, Snowflake> ids;  ///< from the path, by the name in the pattern
    std::map<std::string, std::string> query;
    nlohmann::json body;                        ///< null without one
    std::map<std::string, std::string> tokens;  ///< from the path, likewise
    std::string gateway_url;
    int identifies_left = 0;            ///< today
    long long identifies_reset_ms = 0;  ///< until the first of them is given back

    [[nodiscard]] Snowflake id(const std::string& name) const { return ids.at(name); }
    /// A whole number from the query, or `otherwise`; out of range is 50035.
    [[nodiscard]] Result<long long> query_number(const std::string& name, long long least, long long greatest,
                                                 long long otherwise) const;
    [[nodiscard]] std::optional<Snowflake> query_id(const std::string& name) const;
};

using RouteHandler = Result<Answer> (*)(World& world, const Call& call);

struct Route {
    const char* method;
    const char* pattern;  ///< "/channels/{channel_id}/messages"
    const char* name;     ///< operationId of Discord's OpenAPI description; the bucket's name too
    RouteHandler handler;
    bool by_token = false;  ///< a token in the path stands for the bot's; outside the global limit
};

/// One list per resource, each in its own file.
[[nodiscard]] const std::vector<Route>& account_routes();
[[nodiscard]] const std::vector<Route>& guild_routes();
[[nodiscard]] const std::vector<Route>& channel_routes();
[[nodiscard]] const std::vector<Route>& message_routes();
[[nodiscard]] const std::vector<Route>& event_routes();
[[nodiscard]] const std::vector<Route>& audit_log_routes();
[[nodiscard]] const std::vector<Route>& command_routes();
[[nodiscard]] const std::vector<Route>& interaction_routes();

}  // namespace convene::sandbox
