#include "sandbox/endpoint/deliver.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sandbox/server/interactions.h"
#include "sandbox/server/objects.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;
constexpr int kAccepted = 202;  // the application answers by the callback route
constexpr int kUnauthorized = 401;

/// One interaction on its way, with all that the thread needs of the world.
struct Letter {
    Snowflake id = 0;
    std::string token;
    std::string url;
    std::string signing_key;
    std::string body;
    std::string forgery;  ///< sent after it with a bad signature; empty for none
    Instant signed_at{};
    milliseconds patience{};
};

void step(Sandbox& sandbox, Snowflake id, Instant now, const std::string& what) {
    const auto found = sandbox.world.interactions.find(id);
    if (found != sandbox.world.interactions.end()) found->second.steps.push_back({now, what, ""});
    sandbox.endpoint.note(now, what, id_text(id));
}

void take_answer(Sandbox& sandbox, const Letter& letter, const std::optional<HttpResponse>& answer) {
    const std::lock_guard lock(sandbox.mutex);
    const Instant now = sandbox.tick();
    if (!answer) {
        step(sandbox, letter.id, now, "endpoint gave no answer in time");
    } else if (answer->status != kAccepted && answer->status / 100 == 2) {
        const json body = json::parse(answer->body, nullptr, false);
        const Act act{sandbox.world.identity.bot_user_id, now, ""};
        const auto responded =
            respond(sandbox.world, act, letter.id, letter.token, body.is_discarded() ? json(nullptr) : body);
        if (responded) {
            sandbox.endpoint.note(now, "answered", id_text(letter.id));
        } else {
            step(sandbox, letter.id, now,
                 fmt::format("endpoint's answer refused: {} {}{}", responded.error().code,
                             responded.error().message, responded.error().errors));
        }
    } else if (answer->status == kAccepted) {
        sandbox.endpoint.note(now, "accepted", id_text(letter.id));
    } else {
        step(sandbox, letter.id, now, fmt::format("endpoint answered {}", answer->status));
    }
    sandbox.keep_changes();
    sandbox.answered.notify_all();
}

void try_forgery(Sandbox& sandbox, const Letter& letter) {
    const auto answer = post_signed(letter.url, letter.signing_key, letter.forgery, Signing::bad,
                                    letter.signed_at, letter.patience);
    const std::lock_guard lock(sandbox.mutex);
    const Instant now = sandbox.tick();
    if (answer && answer->status == kUnauthorized) return sandbox.endpoint.note(now, "turned a forgery away");
    if (!answer) return sandbox.endpoint.note(now, "gave no answer to a forgery");
    sandbox.endpoint.note(now, "believed a forgery: the URL is removed", std::to_string(answer->status));
    sandbox.world.identity.interactions_url.clear();
    sandbox.world.note(Kind::guild, sandbox.world.guild_id);
    sandbox.keep_changes();
}

void send(Sandbox& sandbox, const Letter& letter) {
    sandbox.endpoint.start([&sandbox, letter] {
        take_answer(sandbox, letter,
                    post_signed(letter.url, letter.signing_key, letter.body, Signing::good, letter.signed_at,
                                letter.patience));
        if (!letter.forgery.empty()) try_forgery(sandbox, letter);
    });
}

}  // namespace

std::string ping_body(const World& world, Snowflake id) {
    return json{{"id", id_text(id)},
                {"application_id", id_text(world.identity.application_id)},
                {"type", 1},
                {"token", "ping"},
                {"user", user_object(world, world.identity.admin_user_id)},
                {"entitlements", json::array()},
                {"version", 1}}
        .dump();
}

void hand_to_endpoint(Sandbox& sandbox, std::vector<Change>& changes) {
    World& world = sandbox.world;
    const Instant now = sandbox.clock.now();
    std::vector<Change> rest;
    for (const Change& change : changes) {
        if (change.kind != Kind::interaction) {
            rest.push_back(change);
            continue;
        }
        const Interaction& interaction = world.interactions.at(change.id);
        json object = interaction_object(world, interaction);
        Letter letter{interaction.id,
                      interaction.token,
                      world.identity.interactions_url,
                      world.identity.signing_key,
                      object.dump(),
                      "",
                      now,
                      milliseconds(world.settings.interaction_ack_ms)};
        if (world.settings.forged_interactions) {
            object["id"] = id_text(world.ids.next(now));
            object["token"] = "forged";
            letter.forgery = object.dump();
        }
        // The same accidents as on the gateway, as far as they make sense here.
        const DeliveryFault fault = sandbox.gateway.strike("INTERACTION_CREATE");
        if (fault == DeliveryFault::lose) continue;
        send(sandbox, letter);
        if (fault == DeliveryFault::duplicate) send(sandbox, letter);
    }
    changes = std::move(rest);
}

}  // namespace convene::sandbox
