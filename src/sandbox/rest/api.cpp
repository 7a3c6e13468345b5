#include "sandbox/rest/api.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>

#include "sandbox/rest/router.h"
#include "sandbox/server/form.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::string_view kBase = "/api/v10";
constexpr std::size_t kReasonLength = 512;

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

/// Nothing, or why the request is not even looked at.
std::optional<HttpResponse> turned_away(const World& world, const HttpRequest& request, const Route* route) {
    static const std::regex bot_agent(R"(^DiscordBot \([^,]+, [^)]+\))");
    if (!std::regex_search(request.header("user-agent"), bot_agent)) {
        return plain_error(403, 40333, "internal network error");
    }
    const bool versioned = request.path.starts_with(std::string(kBase) + "/");
    if (!versioned) return plain_error(400, 50041, "Invalid API version provided");
    const bool by_token = route != nullptr && route->by_token;
    if (!by_token && request.header("authorization") != "Bot " + world.identity.token) {
        return plain_error(401, 0, "401: Unauthorized");
    }
    return std::nullopt;
}

/// The body as JSON (null without one), or the refusal of it.
Result<json> read_body(const HttpRequest& request) {
    if (request.body.empty() || request.method == "GET" || request.method == "DELETE") return json(nullptr);
    if (!request.header("content-type").starts_with("application/json")) {
        FormFaults faults;
        faults.add({}, "CONTENT_TYPE_INVALID",
                   "Expected \"Content-Type\" header to be one of {'application/json'}.");
        return faults.refusal();
    }
    json body = json::parse(request.body, nullptr, false);
    if (body.is_discarded()) {
        return Refusal(DiscordError{400, 50109, "The request body contains invalid JSON.", ""});
    }
    return body;
}

Result<std::string> read_reason(const HttpRequest& request) {
    const std::string reason = percent_decoded(request.header("x-audit-log-reason"), false);
    if (length_of(reason) <= kReasonLength) return reason;
    FormFaults faults;
    faults.add({"reason"}, "BASE_TYPE_MAX_LENGTH",
               fmt::format("Must be {} or fewer in length.", kReasonLength));
    return faults.refusal();
}

/// Everything about a request that is known before it is carried out.
struct Arrived {
    HttpRequest request;
    RouteMatch match;
    Snowflake user_id = 0;
};

/// Refusals that need no handler: no such route, bad ids, another guild.
std::optional<HttpResponse> unroutable(const World& world, const RouteMatch& match) {
    if (match.route == nullptr) {
        return match.path_known ? plain_error(405, 0, "405: Method Not Allowed")
                                : plain_error(404, 0, "404: Not Found");
    }
    if (!match.bad_id.empty()) {
        FormFaults faults;
        faults.add({match.bad_id_name}, "NUMBER_TYPE_COERCE",
                   fmt::format("Value \"{}\" is not snowflake.", match.bad_id));
        return error_response(faults.refusal().value());
    }
    const auto guild = match.ids.find("guild_id");
    if (guild != match.ids.end() && guild->second != world.guild_id) {
        return error_response(refuse::unknown_guild().value());
    }
    return std::nullopt;
}

/// Runs the handler and keeps what it changed.
HttpResponse carry_out(Sandbox& sandbox, const Arrived& arrived, Instant now) {
    if (auto refused = unroutable(sandbox.world, arrived.match)) return *refused;
    auto body = read_body(arrived.request);
    if (!body) return error_response(body.error());
    auto reason = read_reason(arrived.request);
    if (!reason) return error_response(reason.error());

    const Call call{{arrived.user_id, now, std::move(*reason)},
                    arrived.match.ids,
                    arrived.request.query,
                    std::move(*body),
                    arrived.match.tokens,
                    sandbox.gateway_url,
                    sandbox.gateway.identifies_left(sandbox.world, now),
                    sandbox.gateway.identifies_reset_ms(now)};
    const auto answer = arrived.match.route->handler(sandbox.world, call);
    sandbox.keep_changes();
    return answer ? json_response(answer->status, answer->body) : error_response(answer.error());
}

/// Renaming is limited far below what the bucket's headers show.
std::optional<HttpResponse> renamed_too_often(Sandbox& sandbox, const Arrived& arrived, Instant now) {
    if (arrived.match.draw.bucket != "update_channel") return std::nullopt;
    const json body = json::parse(arrived.request.body, nullptr, false);
    if (!body.is_object() || (!body.contains("name") && !body.contains("topic"))) return std::nullopt;
    const auto verdict = sandbox.limiter.count_rename(arrived.match.draw, sandbox.world.settings, now);
    return verdict ? std::optional(too_many(*verdict)) : std::nullopt;
}

bool is_write(const std::string& method) {
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

/// Lets a scripted fault strike; the record is told how it went.
HttpOutcome struck(Sandbox& sandbox, const Fault& fault, const Arrived& arrived, const Verdict& verdict,
                   RequestRecord& record) {
    const Instant now = record.time;
    record.fault = name_of(fault.mode);
    const auto commit = [&] {
        const HttpResponse response = carry_out(sandbox, arrived, now);
        record.committed = record.write && response.status < 300;
    };
    switch (fault.mode) {
        case FaultMode::drop_before:
            return HttpOutcome::dropped();
        case FaultMode::hang:
            return HttpOutcome::hung();
        case FaultMode::drop_after_commit:
            commit();
            return HttpOutcome::dropped();
        case FaultMode::error_500_after_commit: {
            commit();
            HttpResponse response = plain_error(500, 0, "500: Internal Server Error");
            response.headers.insert(verdict.headers.begin(), verdict.headers.end());
            return HttpOutcome::with(std::move(response));
        }
        case FaultMode::error_502: {
            HttpResponse response;
            response.status = 502;
            response.headers["Content-Type"] = "text/html; charset=UTF-8";
            response.headers["Server"] = "cloudflare";
            response.body =
                "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>";
            return HttpOutcome::with(std::move(response));
        }
        case FaultMode::rate_limit_shared:
            return HttpOutcome::with(too_many(sandbox.limiter.block(
                arrived.match.draw, sandbox.world.settings, now, fault.retry_after, fault.code)));
        case FaultMode::cloudflare_429:
            if (fault.send_retry_after) sandbox.limiter.block_everything(now + fault.retry_after);
            return HttpOutcome::with(cloudflare_page(fault.retry_after, fault.send_retry_after));
        case FaultMode::late_commit:
            break;
    }
    HttpOutcome late;
    late.delivery = HttpOutcome::Delivery::late;
    late.pause = fault.delay;
    late.after_client_left = [&sandbox, arrived, n = record.n] {
        const std::lock_guard lock(sandbox.mutex);
        const HttpResponse response = carry_out(sandbox, arrived, sandbox.tick());
        RequestRecord& kept = sandbox.log.at(n);
        kept.committed = kept.write && response.status < 300;
        sandbox.keep(kept);
    };
    return late;
}

/// Decides the outcome; the record is told everything but its status.
HttpOutcome decide(Sandbox& sandbox, const Arrived& arrived, RequestRecord& record) {
    const Instant now = record.time;
    if (auto refused = turned_away(sandbox.world, arrived.request, arrived.match.route))
        return HttpOutcome::with(*refused);
    const Verdict verdict = sandbox.limiter.admit(arrived.match.draw, sandbox.world.settings, now);
    record.violation = verdict.violation;
    if (verdict.kind != Verdict::Kind::admitted) return HttpOutcome::with(too_many(verdict));
    if (const auto fault =
            sandbox.faults.strike(arrived.request.method, arrived.request.path, arrived.request.query_text)) {
        return struck(sandbox, *fault, arrived, verdict, record);
    }
    if (auto refused = renamed_too_often(sandbox, arrived, now)) return HttpOutcome::with(*refused);
    HttpResponse response = carry_out(sandbox, arrived, now);
    record.committed = record.write && response.status < 300;
    // Clients learn from it how the clock was moved.
    response.headers["Date"] =
        fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
    if (arrived.match.route != nullptr)
        response.headers.insert(verdict.headers.begin(), verdict.headers.end());
    return HttpOutcome::with(std::move(response));
}

bool counts_as_invalid(const HttpResponse& response) {
    if (response.status == 401 || response.status == 403) return true;
    const auto scope = response.headers.find("X-RateLimit-Scope");
    return response.status == 429 && scope != response.headers.end() && scope->second != "shared";
}

}  // namespace

HttpOutcome serve_api(Sandbox& sandbox, const HttpRequest& request) {
    const std::lock_guard lock(sandbox.mutex);
    const Instant now = sandbox.tick();
    const bool versioned = request.path.starts_with(std::string(kBase) + "/");
    const Arrived arrived{request,
                          find_route(request.method, versioned ? request.path.substr(kBase.size()) : ""),
                          sandbox.world.identity.bot_user_id};
    RequestRecord record;
    record.time = now;
    record.method = request.method;
    record.path = request.path;
    record.query = request.query_text;
    record.write = is_write(request.method);
    record.bucket = arrived.match.route == nullptr ? "" : arrived.match.draw.bucket;
    record.n = sandbox.log.add(record);

    HttpOutcome outcome = decide(sandbox, arrived, record);
    if (outcome.delivery == HttpOutcome::Delivery::reply) {
        record.status = outcome.response.status;
        if (counts_as_invalid(outcome.response)) sandbox.limiter.count_invalid(sandbox.world.settings, now);
    }
    sandbox.log.at(record.n) = record;
    sandbox.keep_changes();
    sandbox.keep(record);
    sandbox.answered.notify_all();
    return outcome;
}

HttpResponse act_as(Sandbox& sandbox, Snowflake user_id, const std::string& method, const std::string& path,
                    const std::string& body) {
    HttpRequest request;
    request.method = method;
    request.path = path;
    request.headers["content-type"] = "application/json";
    request.body = body;
    return carry_out(sandbox, {request, find_route(method, path), user_id}, sandbox.tick());
}

}  // namespace convene::sandbox
