#include "sandbox/control/interaction_control.h"

#include "sandbox/control/control_answer.h"
#include "sandbox/server/interactions.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/users.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;

long long after_start(const Interaction& interaction, Instant then) {
    return (then - interaction.made).count();
}

/// What the user sees in place of an answer.
const char* status_of(const Sandbox& sandbox, const Interaction& interaction) {
    if (interaction.acked) {
        const bool expired = sandbox.clock.now() - interaction.made >=
                             milliseconds(sandbox.world.settings.interaction_token_ms);
        if (!interaction.loading) return "answered";
        return expired ? "failed" : "thinking";
    }
    const bool late =
        sandbox.clock.now() - interaction.made >= milliseconds(sandbox.world.settings.interaction_ack_ms);
    return late ? "failed" : "waiting";
}

const char* type_name(InteractionType type) {
    switch (type) {
        case InteractionType::command:
            return "command";
        case InteractionType::component:
            return "component";
        default:
            return "autocomplete";
    }
}

json history_of(const Interaction& interaction) {
    json history = json::array();
    for (const InteractionStep& step : interaction.steps) {
        json entry = {
            {"time", to_iso(step.time)}, {"ms", after_start(interaction, step.time)}, {"what", step.what}};
        if (step.what == "choices") {
            entry["choices"] = json::parse(step.message);
        } else if (!step.message.empty()) {
            const json message = json::parse(step.message);
            entry["message_id"] = message["id"];
            for (const char* field : {"content", "embeds", "components", "flags"})
                entry[field] = message[field];
        }
        history.push_back(std::move(entry));
    }
    return history;
}

json describe(const Sandbox& sandbox, const Interaction& interaction) {
    const World& world = sandbox.world;
    json out = {{"id", id_text(interaction.id)},
                {"type", type_name(interaction.type)},
                {"user_id", id_text(interaction.user_id)},
                {"channel_id", id_text(interaction.channel_id)},
                {"command", interaction.command},
                {"data", json::parse(interaction.data)},
                {"time", to_iso(interaction.made)},
                {"status", status_of(sandbox, interaction)},
                {"acknowledged", interaction.acked.has_value()},
                {"ack_ms", nullptr},
                {"response_type", interaction.response_type},
                {"ephemeral", interaction.ephemeral},
                {"message_id", nullptr},
                {"content", ""},
                {"embeds", json::array()},
                {"components", json::array()},
                {"followups", json::array()},
                {"history", history_of(interaction)}};
    if (interaction.acked) out["ack_ms"] = after_start(interaction, *interaction.acked);
    if (interaction.original_id) {
        out["message_id"] = id_text(*interaction.original_id);
        if (const Message* answer = find_message(world, interaction.channel_id, *interaction.original_id)) {
            const json message = message_object(world, *answer);
            for (const char* field : {"content", "embeds", "components"}) out[field] = message[field];
        }
    }
    for (const Snowflake id : interaction.followups) {
        if (const Message* message = find_message(world, interaction.channel_id, id)) {
            out["followups"].push_back(message_object(world, *message));
        }
    }
    if (!interaction.choices.empty()) out["choices"] = json::parse(interaction.choices);
    return out;
}

HttpResponse started(Sandbox& sandbox, const Started& result) {
    if (!result) return control_refusal(result.error().why, result.error().status);
    sandbox.keep_changes();
    return control_answer(201, {{"id", id_text(*result)}});
}

Place place_of(Sandbox& sandbox, const json& body) {
    return {id_in(body, "user_id").value_or(0), id_in(body, "channel_id"), sandbox.tick()};
}

std::string text_in(const json& body, const char* field) {
    const json value = body.value(field, json(""));
    return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

HttpResponse post_interaction(Sandbox& sandbox, const json& body) {
    const Place place = place_of(sandbox, body);
    return started(sandbox, type_command(sandbox.world, place, text_in(body, "command"),
                                         body.value("options", json::object())));
}

HttpResponse list_interactions(const Sandbox& sandbox) {
    json out = json::array();
    for (const auto& [id, interaction] : sandbox.world.interactions) {
        out.push_back(describe(sandbox, interaction));
    }
    return control_answer(200, out);
}

HttpResponse get_interaction(const Sandbox& sandbox, const std::string& id) {
    const auto found = sandbox.world.interactions.find(parse_snowflake(id).value_or(0));
    if (found == sandbox.world.interactions.end()) return control_refusal("no such interaction", 404);
    return control_answer(200, describe(sandbox, found->second));
}

HttpResponse post_component(Sandbox& sandbox, const json& body) {
    const Place place = place_of(sandbox, body);
    return started(sandbox, press(sandbox.world, place, id_in(body, "message_id").value_or(0),
                                  text_in(body, "custom_id"), body.value("values", json())));
}

HttpResponse post_autocomplete(Sandbox& sandbox, const json& body, std::unique_lock<std::mutex>& lock) {
    const Place place = place_of(sandbox, body);
    const auto began = std::chrono::steady_clock::now();
    const Started result = type_half(sandbox.world, place, text_in(body, "command"), text_in(body, "option"),
                                     text_in(body, "value"), body.value("options", json::object()));
    if (!result) return control_refusal(result.error().why, result.error().status);
    sandbox.keep_changes();
    const milliseconds patience(sandbox.world.settings.interaction_ack_ms);
    const bool answered = sandbox.answered.wait_for(
        lock, patience, [&] { return sandbox.world.interactions.at(*result).acked.has_value(); });
    const Interaction& interaction = sandbox.world.interactions.at(*result);
    const auto took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began);
    return control_answer(200, {{"id", id_text(interaction.id)},
                                {"answered", answered},
                                {"choices", answered ? json::parse(interaction.choices) : json::array()},
                                {"milliseconds", took.count()}});
}

}  // namespace convene::sandbox
