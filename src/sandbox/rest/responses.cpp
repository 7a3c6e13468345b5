#include "sandbox/rest/responses.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace convene::sandbox {
using nlohmann::json;

HttpResponse json_response(int status, const json& body) {
    HttpResponse response;
    response.status = status;
    // The mark of an answer that Discord gave itself, not Cloudflare.
    response.headers["Via"] = "1.1 google";
    if (status == 204) return response;
    response.headers["Content-Type"] = "application/json";
    response.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
    return response;
}

HttpResponse error_response(const DiscordError& error) {
    json body = {{"message", error.message}, {"code", error.code}};
    if (!error.errors.empty()) body["errors"] = json::parse(error.errors);
    return json_response(error.status, body);
}

HttpResponse plain_error(int status, int code, const std::string& message) {
    return error_response({status, code, message, ""});
}

HttpResponse cloudflare_page(std::chrono::milliseconds retry_after, bool send_retry_after) {
    HttpResponse response;
    response.status = 429;
    response.headers["Content-Type"] = "text/html; charset=UTF-8";
    response.headers["Server"] = "cloudflare";
    if (send_retry_after) {
        const double seconds = static_cast<double>(retry_after.count()) / 1000.0;
        response.headers["Retry-After"] = std::to_string(static_cast<long long>(std::ceil(seconds)));
    }
    response.body = "<!doctype html><html><title>Access denied</title><body>error code: 1015</body></html>";
    return response;
}

HttpResponse gateway_page(int status, const std::string& title) {
    HttpResponse response;
    response.status = status;
    response.headers["Content-Type"] = "text/html; charset=UTF-8";
    response.headers["Server"] = "cloudflare";
    response.body = fmt::format("<html><head><title>{0}</title></head><body>{0}</body></html>", title);
    return response;
}

HttpResponse too_many(const Verdict& verdict) {
    if (verdict.kind == Verdict::Kind::blocked) {
        return cloudflare_page(std::chrono::milliseconds(static_cast<long long>(verdict.retry_after * 1000)),
                               true);
    }
    const bool global = verdict.kind == Verdict::Kind::global;
    json body = {
        {"message", "You are being rate limited."}, {"retry_after", verdict.retry_after}, {"global", global}};
    if (verdict.kind == Verdict::Kind::shared) body["message"] = "The resource is being rate limited.";
    if (verdict.code != 0) body["code"] = verdict.code;
    HttpResponse response = json_response(429, body);
    response.headers["Retry-After"] = std::to_string(static_cast<long long>(std::ceil(verdict.retry_after)));
    response.headers["X-RateLimit-Scope"] = verdict.kind == Verdict::Kind::shared ? "shared"
                                            : global                              ? "global"
                                                                                  : "user";
    if (global) response.headers["X-RateLimit-Global"] = "true";
    response.headers.insert(verdict.headers.begin(), verdict.headers.end());
    return response;
}

}  // namespace convene::sandbox
