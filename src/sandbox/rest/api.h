// src/sandbox/rest/api.h: an HTTP request to the REST API, and its answer or accident.
#pragma once
#include "sandbox/http/http_message.h"
#include "sandbox/sandbox.h"

namespace convene::sandbox {

/// The API as the bot meets it: headers, token, version, limits, faults, route.
[[nodiscard]] HttpOutcome serve_api(Sandbox& sandbox, const HttpRequest& request);

/// The same routes without any of these, as `user_id`: how people act on the
/// server. `path` lies below the version. The mutex is held by the caller.
[[nodiscard]] HttpResponse act_as(Sandbox& sandbox, Snowflake user_id, const std::string& method,
                                  const std::string& path, const std::string& body);

}  // namespace convene::sandbox
