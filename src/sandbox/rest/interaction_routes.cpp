// Answers to interactions: the callback, and the webhook that its token opens.
#include "sandbox/rest/call.h"
#include "sandbox/server/interactions.h"
#include "sandbox/server/message_form.h"
#include "sandbox/server/objects.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;

/// Body of a 200 with ?with_response=true.
json callback_object(const World& world, const Interaction& interaction) {
    json out = {{"interaction",
                 {{"id", id_text(interaction.id)},
                  {"type", static_cast<int>(interaction.type)},
                  {"channel_id", id_text(interaction.channel_id)},
                  {"guild_id", id_text(world.guild_id)}}}};
    if (!interaction.original_id) return out;
    const Message* answer = find_message(world, interaction.channel_id, *interaction.original_id);
    out["interaction"]["response_message_id"] = id_text(*interaction.original_id);
    out["interaction"]["response_message_loading"] = interaction.loading;
    out["interaction"]["response_message_ephemeral"] = interaction.ephemeral;
    if (answer != nullptr) {
        const bool update = interaction.response_type == 7;
        out["resource"] = {{"type", update ? 7 : 4}, {"message", message_object(world, *answer)}};
        if (interaction.response_type == 5) out["resource"]["type"] = 5;
        if (interaction.response_type == 6) out["resource"]["type"] = 6;
    }
    return out;
}

bool asks_for(const Call& call, const char* name) {
    const auto found = call.query.find(name);
    return found != call.query.end() && (found->second == "true" || found->second == "1");
}

std::optional<Snowflake> message_meant(const Call& call) {
    const auto found = call.ids.find("message_id");
    return found == call.ids.end() ? std::nullopt : std::optional(found->second);
}

Result<Answer> create_response(World& world, const Call& call) {
    const auto answered =
        respond(world, call.act, call.id("interaction_id"), call.tokens.at("interaction_token"), call.body);
    if (!answered) return Refusal(answered.error());
    if (!asks_for(call, "with_response")) return Answer{204, nullptr};
    return Answer{200, callback_object(world, **answered)};
}

Result<Answer> shown(const World& world, const Result<const Message*>& message) {
    if (!message) return Refusal(message.error());
    return Answer{200, message_object(world, **message)};
}

Result<Answer> get_message_by_token(World& world, const Call& call) {
    return shown(world, get_answer(world, call.act, call.id("webhook_id"), call.tokens.at("webhook_token"),
                                   message_meant(call)));
}

Result<Answer> update_message_by_token(World& world, const Call& call) {
    return shown(world, edit_answer(world, call.act, call.id("webhook_id"), call.tokens.at("webhook_token"),
                                    message_meant(call), call.body));
}

Result<Answer> delete_message_by_token(World& world, const Call& call) {
    const auto done = delete_answer(world, call.act, call.id("webhook_id"), call.tokens.at("webhook_token"),
                                    message_meant(call));
    if (!done) return Refusal(done.error());
    return Answer{204, nullptr};
}

Result<Answer> execute(World& world, const Call& call) {
    return shown(
        world, follow_up(world, call.act, call.id("webhook_id"), call.tokens.at("webhook_token"), call.body));
}
}  // namespace

const std::vector<Route>& interaction_routes() {
    static const std::vector<Route> routes{
        {"POST", "/interactions/{interaction_id}/{interaction_token}/callback", "create_interaction_response",
         create_response, true},
        {"POST", "/webhooks/{webhook_id}/{webhook_token}", "execute_webhook", execute, true},
        {"GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", "get_original_webhook_message",
         get_message_by_token, true},
        {"PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
         "update_original_webhook_message", update_message_by_token, true},
        {"DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
         "delete_original_webhook_message", delete_message_by_token, true},
        {"GET", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", "get_webhook_message",
         get_message_by_token, true},
        {"PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", "update_webhook_message",
         update_message_by_token, true},
        {"DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", "delete_webhook_message",
         delete_message_by_token, true},
    };
    return routes;
}

}  // namespace convene::sandbox
