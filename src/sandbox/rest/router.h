// src/sandbox/rest/router.h: from a method and a path to the route that serves it.
#pragma once
#include <map>
#include <string>

#include "sandbox/rest/call.h"
#include "sandbox/rest/rate_limit.h"

namespace convene::sandbox {

struct RouteMatch {
    const Route* route = nullptr;  ///< none: 404, or 405 when the path is known
    bool path_known = false;
    std::map<std::string, Snowflake> ids;
    std::map<std::string, std::string> tokens;  ///< segments that stand in place of the bot's token
    /// The first segment that should have been an id and is none; "" otherwise.
    std::string bad_id_name, bad_id;
    Draw draw;  ///< what the request counts against
};

/// \param path  below the version: "/channels/123/messages"
[[nodiscard]] RouteMatch find_route(const std::string& method, const std::string& path);

}  // namespace convene::sandbox
