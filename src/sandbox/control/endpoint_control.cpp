#include "sandbox/control/endpoint_control.h"

#include "sandbox/control/control_answer.h"
#include "sandbox/endpoint/deliver.h"
#include "sandbox/endpoint/signing_key.h"
#include "sandbox/server/interactions.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;
constexpr int kUnauthorized = 401;

/// Asks twice, once with a signature that is wrong.
std::string fault_of(const std::string& url, const std::string& key, const std::string& ping, Instant now,
                     milliseconds patience) {
    const std::string fault = fault_of_pong(post_signed(url, key, ping, Signing::good, now, patience));
    if (!fault.empty()) return fault;
    const auto forged = post_signed(url, key, ping, Signing::bad, now, patience);
    if (!forged) return "no answer to a PING with a bad signature";
    if (forged->status != kUnauthorized) {
        return "answered a PING with a bad signature with " + std::to_string(forged->status) + ", not 401";
    }
    return "";
}

std::optional<Signing> signing_in(const json& body) {
    const json kind = body.value("signature", json("good"));
    if (kind == "good") return Signing::good;
    if (kind == "bad") return Signing::bad;
    if (kind == "missing") return Signing::missing;
    if (kind == "other_body") return Signing::other_body;
    return std::nullopt;
}

}  // namespace

HttpResponse post_endpoint(Sandbox& sandbox, const json& body, std::unique_lock<std::mutex>& lock) {
    const json url = body.value("url", json());
    if (!url.is_string() && !url.is_null()) return control_refusal("url: must be an address or null");
    Identity& identity = sandbox.world.identity;
    const auto wanted = url.is_string() ? url.get<std::string>() : "";
    if (!wanted.empty()) {
        const Instant now = sandbox.tick();
        const std::string key = identity.signing_key;
        const std::string ping = ping_body(sandbox.world, sandbox.world.ids.next(now));
        const milliseconds patience(sandbox.world.settings.interaction_ack_ms);
        lock.unlock();
        const std::string fault = fault_of(wanted, key, ping, now, patience);
        lock.lock();
        if (!fault.empty()) {
            sandbox.endpoint.note(now, "not verified", fault);
            return control_refusal("The specified interactions endpoint URL could not be verified: " + fault);
        }
        sandbox.endpoint.note(now, "verified", wanted);
    }
    identity.interactions_url = wanted;
    sandbox.world.note(Kind::guild, sandbox.world.guild_id);
    sandbox.keep_changes();
    return get_endpoint(sandbox);
}

HttpResponse post_endpoint_try(Sandbox& sandbox, const json& body, std::unique_lock<std::mutex>& lock) {
    const Identity identity = sandbox.world.identity;
    const auto signing = signing_in(body);
    if (!signing) return control_refusal("signature: must be good, bad, missing or other_body");
    if (identity.interactions_url.empty()) return control_refusal("there is no endpoint");
    const json age = body.value("age_seconds", json(0));
    if (!age.is_number()) return control_refusal("age_seconds: must be a number");
    const Instant signed_at = sandbox.tick() - milliseconds(static_cast<long long>(age.get<double>() * 1000));
    std::string letter = ping_body(sandbox.world, sandbox.world.ids.next(sandbox.clock.now()));
    if (const auto id = id_in(body, "interaction_id")) {
        const auto found = sandbox.world.interactions.find(*id);
        if (found == sandbox.world.interactions.end()) return control_refusal("no such interaction", 404);
        letter = interaction_object(sandbox.world, found->second).dump();
    }
    const milliseconds patience(sandbox.world.settings.interaction_ack_ms);
    lock.unlock();
    const auto answer =
        post_signed(identity.interactions_url, identity.signing_key, letter, *signing, signed_at, patience);
    lock.lock();
    if (!answer) return control_answer(200, {{"status", nullptr}, {"body", nullptr}});
    return control_answer(200, {{"status", answer->status}, {"body", answer->body}});
}

HttpResponse get_endpoint(const Sandbox& sandbox) {
    const Identity& identity = sandbox.world.identity;
    const json url = identity.interactions_url.empty() ? json(nullptr) : json(identity.interactions_url);
    return control_answer(200, {{"url", url},
                                {"verify_key", public_half(identity.signing_key)},
                                {"history", sandbox.endpoint.history()}});
}

}  // namespace convene::sandbox
