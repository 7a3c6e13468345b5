// src/sandbox/rest/responses.h: answers as Discord, and the network in front of it, write them.
#pragma once
#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sandbox/http/http_message.h"
#include "sandbox/rest/rate_limit.h"
#include "sandbox/server/discord_error.h"

namespace convene::sandbox {

/// Without a body for 204.
[[nodiscard]] HttpResponse json_response(int status, const nlohmann::json& body);
[[nodiscard]] HttpResponse error_response(const DiscordError& error);
[[nodiscard]] HttpResponse plain_error(int status, int code, const std::string& message);

/// The 429 of a limit, in the form that its kind has.
[[nodiscard]] HttpResponse too_many(const Verdict& verdict);

/// 429 as HTML, without a word on limits.
[[nodiscard]] HttpResponse cloudflare_page(std::chrono::milliseconds retry_after, bool send_retry_after);

/// What the network in front of Discord says when Discord says nothing.
[[nodiscard]] HttpResponse gateway_page(int status, const std::string& title);

}  // namespace convene::sandbox
