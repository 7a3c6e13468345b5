// src/sandbox/http/http_client.h: one HTTP request to the application's endpoint.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "sandbox/http/http_message.h"

namespace convene::sandbox {

/// Posts and waits for the whole answer, whose header names are in lower
/// case; nothing when none came in time.
[[nodiscard]] std::optional<HttpResponse> post(const std::string& url,
                                               const std::map<std::string, std::string>& headers,
                                               const std::string& body, std::chrono::milliseconds patience);

}  // namespace convene::sandbox
