// src/sandbox/control/endpoint_control.h: the Interactions Endpoint URL, as the developer portal sets it.
#pragma once
#include <mutex>
#include <nlohmann/json_fwd.hpp>

#include "sandbox/http/http_message.h"
#include "sandbox/sandbox.h"

namespace convene::sandbox {

/// {"url"}: verifies and sets it; null goes back to the gateway. The lock is
/// let go while the endpoint is asked.
[[nodiscard]] HttpResponse post_endpoint(Sandbox& sandbox, const nlohmann::json& body,
                                         std::unique_lock<std::mutex>& lock);

/// {"signature", "age_seconds", "interaction_id"}: one request that nobody
/// waits for the effects of; {"status", "body"} of the endpoint's answer.
[[nodiscard]] HttpResponse post_endpoint_try(Sandbox& sandbox, const nlohmann::json& body,
                                             std::unique_lock<std::mutex>& lock);

[[nodiscard]] HttpResponse get_endpoint(const Sandbox& sandbox);

}  // namespace convene::sandbox
