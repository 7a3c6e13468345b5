#include "sandbox/rest/api.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "sandbox/rest/responses.h"
#include "sandbox/rest/router.h"
#include "sandbox/server/form.h"
#include "sandbox/server/unknown_fields.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
constexpr std::string_view kBase = "/api/v10";
constexpr std::size_t kReasonLength = 512;
constexpr int kUnauthorized = 401;
constexpr int kChannelWriteLimit = 20028;
constexpr int kServerWriteLimit = 20029;

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
    auto answer = arrived.match.route->handler(sandbox.world, call);
    sandbox.keep_changes();
    if (!answer) return error_response(answer.error());
    if (sandbox.world.settings.unknown_fields) add_unknown_fields(answer->body);
    return json_response(answer->status, answer->body);
}

bool renames(const Arrived& arrived) {
    if (arrived.match.draw.bucket != "update_channel") return false;
    const json body = json::parse(arrived.request.body, nullptr, false);
    return body.is_object() && (body.contains("name") || body.contains("topic"));
}

bool makes_something(const Arrived& arrived) {
    const std::string& bucket = arrived.match.draw.bucket;
    return bucket == "create_guild_channel" || bucket == "create_guild_scheduled_event";
}

/// Renaming, and making things in a server, is limited below what the bucket's headers show.
std::optional<HttpResponse> over_a_hidden_limit(Sandbox& sandbox, const Arrived& arrived, Instant now) {
    const Settings& settings = sandbox.world.settings;
    std::optional<Verdict> verdict;
    if (renames(arrived)) {
        verdict = sandbox.limiter.count_hidden(arrived.match.draw, "rename", settings.channel_rename,
                                               kChannelWriteLimit, settings, now);
    } else if (makes_something(arrived)) {
        verdict = sandbox.limiter.count_hidden(arrived.match.draw, "server", settings.server_writes,
                                               kServerWriteLimit, settings, now);
    }
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
        case FaultMode::hang_after_commit:
            commit();
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
        case FaultMode::error_504_after_commit:
            commit();
            return HttpOutcome::with(gateway_page(504, "504 Gateway Time-out"));
        case FaultMode::error_502:
            return HttpOutcome::with(gateway_page(502, "502 Bad Gateway"));
        case FaultMode::refuse: {
            HttpResponse response = plain_error(fault.status, fault.code, fault.message);
            response.headers.insert(verdict.headers.begin(), verdict.headers.end());
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
    if (auto refused = turned_away(sandbox.world, arrived.request, arrived.match.route)) {
        if (refused->status != kUnauthorized) return HttpOutcome::with(*refused);
        // Without a token requests are counted by address.
        const Verdict stranger = sandbox.limiter.admit_stranger(sandbox.world.settings, now);
        record.violation = stranger.violation;
        const bool admitted = stranger.kind == Verdict::Kind::admitted;
        return HttpOutcome::with(admitted ? *refused : too_many(stranger));
    }
    const Verdict verdict = sandbox.limiter.admit(arrived.match.draw, sandbox.world.settings, now);
    record.violation = verdict.violation;
    if (verdict.kind != Verdict::Kind::admitted) return HttpOutcome::with(too_many(verdict));
    if (const auto fault =
            sandbox.faults.strike(arrived.request.method, arrived.request.path, arrived.request.query_text)) {
        return struck(sandbox, *fault, arrived, verdict, record);
    }
    if (auto refused = over_a_hidden_limit(sandbox, arrived, now)) return HttpOutcome::with(*refused);
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
    if (sandbox.exchanges) sandbox.exchanges->append(request, record, outcome);
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
