#include "sandbox/server/interactions.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "sandbox/server/mentions.h"
#include "sandbox/server/message_form.h"
#include "sandbox/server/messages.h"
#include "sandbox/server/objects.h"
#include "sandbox/server/permissions.h"

namespace convene::sandbox {
namespace {
using nlohmann::json;
using std::chrono::milliseconds;
constexpr std::size_t kChoices = 25;
constexpr std::size_t kChoiceText = 100;
constexpr int kFirstFlags =
    message_flag::kSuppressEmbeds | message_flag::kEphemeral | message_flag::kSuppressNotifications;

enum ResponseType { message = 4, deferred_message = 5, deferred_update = 6, update = 7, choices = 8 };

bool fits(InteractionType type, long long response) {
    switch (type) {
        case InteractionType::autocomplete:
            return response == ResponseType::choices;
        case InteractionType::command:
            return response == ResponseType::message || response == ResponseType::deferred_message;
        case InteractionType::component:
            return response >= ResponseType::message && response <= ResponseType::update;
    }
    return false;
}

void log_step(const World& world, Interaction& interaction, Instant now, std::string what,
              const Message* about = nullptr) {
    interaction.steps.push_back(
        {now, std::move(what), about == nullptr ? "" : message_object(world, *about).dump()});
}

/// A message that says who asked, not yet put anywhere.
Message answer_to(const World& world, const Interaction& interaction) {
    Message answer;
    answer.channel_id = interaction.channel_id;
    answer.author_id = world.identity.bot_user_id;
    answer.type =
        interaction.type == InteractionType::command ? MessageType::chat_input_command : MessageType::reply;
    answer.origin = MessageOrigin{interaction.id,          static_cast<int>(interaction.type),
                                  interaction.user_id,     interaction.command,
                                  interaction.original_id, interaction.pressed_message_id};
    if (interaction.original_id && interaction.type == InteractionType::command) {
        answer.type = MessageType::reply;
    }
    return answer;
}

/// Reads what an answer says. Mentions may be of everyone: the application
/// speaks for itself here, whatever the channel allows it.
void read_answer(const World& world, Form& form, Message& answer, int settable) {
    read_content(form, answer, settable);
    read_mentions(world, form, answer, false, MentionDefault::users);
}

Snowflake place(World& world, Message answer, Instant now) {
    if ((answer.flags & message_flag::kEphemeral) != 0) {
        answer.id = world.ids.next(now);
        const Snowflake id = answer.id;
        world.ephemeral_messages.emplace(id, std::move(answer));
        return id;
    }
    const auto channel = world.channels.find(answer.channel_id);
    if (channel == world.channels.end()) {
        answer.id = world.ids.next(now);  // deleted meanwhile: nobody will see it
        return answer.id;
    }
    return append_message(world, channel->second, std::move(answer), now);
}

/// Says that the message changed, where anybody but the one user can see it.
void note_changed(World& world, const Message& changed) {
    if ((changed.flags & message_flag::kEphemeral) == 0) {
        world.note(Kind::message, changed.id, changed.channel_id);
    }
}

Result<void> read_choices(Form& outer, Interaction& interaction) {
    if (!outer.has("data")) {
        outer.require("data");
        return outer.faults().refusal();
    }
    Form form(outer.raw("data"), outer.faults(), outer.path_to("data"));
    form.require("choices");
    const json* offered = form.array("choices", kChoices);
    json shown = json::array();
    auto path = form.path_to("choices");
    const json data = json::parse(interaction.data);
    const auto focused = std::find_if(data["options"].begin(), data["options"].end(),
                                      [](const json& option) { return option.contains("focused"); });
    const bool of_text = focused == data["options"].end() || (*focused)["type"] == 3;
    for (std::size_t i = 0; offered != nullptr && i < offered->size(); ++i) {
        path.push_back(std::to_string(i));
        Form choice((*offered)[i], outer.faults(), path);
        path.pop_back();
        choice.require("name");
        choice.require("value");
        const auto name = choice.text("name", 1, kChoiceText);
        if (of_text) (void)choice.text("value", 1, kChoiceText);
        const json value = choice.has("value") ? choice.raw("value") : json(nullptr);
        if (!of_text && !value.is_number()) {
            choice.fault("value", "NUMBER_TYPE_COERCE", fmt::format("Value {} is not int.", value.dump()));
        }
        shown.push_back({{"name", name.value_or("")}, {"value", value}});
    }
    if (!outer.faults().empty()) return outer.faults().refusal();
    interaction.choices = shown.dump();
    return {};
}

/// The first answer, when it is a message now or later.
Result<void> read_first_message(World& world, const Act& act, Form& outer, Interaction& interaction,
                                bool deferred) {
    static const json none = json::object();
    const bool has_data = outer.has("data") && !outer.is_null("data");
    Form form(has_data ? outer.raw("data") : none, outer.faults(), outer.path_to("data"));
    Message answer = answer_to(world, interaction);
    if (deferred) {
        const auto flags = form.integer("flags").value_or(0);
        if ((flags & ~static_cast<long long>(message_flag::kEphemeral)) != 0) {
            form.fault("flags", "MESSAGE_FLAGS_INVALID", "Only EPHEMERAL may be set on a deferred answer.");
        }
        answer.flags = static_cast<int>(flags & message_flag::kEphemeral) | message_flag::kLoading;
    } else {
        read_answer(world, form, answer, kFirstFlags);
    }
    if (!outer.faults().empty()) return outer.faults().refusal();
    if (!deferred && is_empty(answer)) return refuse::empty_message();
    interaction.ephemeral = (answer.flags & message_flag::kEphemeral) != 0;
    interaction.loading = deferred;
    interaction.original_id = place(world, std::move(answer), act.now);
    log_step(world, interaction, act.now, deferred ? "deferred" : "message",
             find_message(world, interaction.channel_id, *interaction.original_id));
    return {};
}

/// The answer to a pressed button that changes the message it is on.
Result<void> read_update(World& world, const Act& act, Form& outer, Interaction& interaction) {
    Message* pressed =
        find_message(world, interaction.channel_id, interaction.pressed_message_id.value_or(0));
    if (pressed == nullptr) return refuse::unknown_message();
    static const json none = json::object();
    Form form(outer.has("data") ? outer.raw("data") : none, outer.faults(), outer.path_to("data"));
    Message changed = *pressed;
    read_answer(world, form, changed, message_flag::kSuppressEmbeds);
    if (!outer.faults().empty()) return outer.faults().refusal();
    changed.edited_at = act.now;
    *pressed = std::move(changed);
    note_changed(world, *pressed);
    interaction.original_id = pressed->id;
    log_step(world, interaction, act.now, "edit", pressed);
    return {};
}

Result<void> answer_first(World& world, const Act& act, Interaction& interaction, const json& body) {
    FormFaults faults;
    Form form(body, faults);
    form.require("type");
    const auto type = form.integer("type", 1, 12);
    if (type && !fits(interaction.type, *type)) {
        form.fault("type", "BASE_TYPE_CHOICES", "This response type does not fit the interaction.");
    }
    if (!faults.empty()) return faults.refusal();
    interaction.response_type = static_cast<int>(*type);
    switch (*type) {
        case ResponseType::choices:
            if (const auto read = read_choices(form, interaction); !read) return read;
            interaction.steps.push_back({act.now, "choices", interaction.choices});
            return {};
        case ResponseType::update:
            return read_update(world, act, form, interaction);
        case ResponseType::deferred_update:
            interaction.original_id = interaction.pressed_message_id;
            log_step(world, interaction, act.now, "deferred_update");
            return {};
        default:
            return read_first_message(world, act, form, interaction, *type == ResponseType::deferred_message);
    }
}

/// The interaction a token stands for, while it can still be answered.
Result<Interaction*> reach_by_token(World& world, const Act& act, Snowflake application_id,
                                    const std::string& token) {
    const auto found = std::find_if(world.interactions.begin(), world.interactions.end(),
                                    [&](const auto& entry) { return entry.second.token == token; });
    const bool ours = application_id == world.identity.application_id && found != world.interactions.end();
    if (!ours) return refuse::unknown_webhook();
    Interaction& interaction = found->second;
    if (act.now - interaction.made >= milliseconds(world.settings.interaction_token_ms)) {
        return refuse::invalid_webhook_token();
    }
    if (!interaction.acked || interaction.type == InteractionType::autocomplete) {
        return refuse::unknown_webhook();
    }
    return &interaction;
}

Result<Message*> reach_answer(World& world, const Interaction& interaction,
                              std::optional<Snowflake> message_id) {
    const Snowflake id = message_id.value_or(interaction.original_id.value_or(0));
    const auto& own = interaction.followups;
    const bool known = id == interaction.original_id || std::find(own.begin(), own.end(), id) != own.end();
    Message* found = known ? find_message(world, interaction.channel_id, id) : nullptr;
    if (found == nullptr) return refuse::unknown_message();
    return found;
}

}  // namespace

json interaction_object(const World& world, const Interaction& interaction) {
    const auto channel = world.channels.find(interaction.channel_id);
    const auto member = world.members.find(interaction.user_id);
    const auto in_channel = [&](Snowflake user_id) {
        return channel == world.channels.end() ? Permissions{0}
                                               : channel_permissions(world, user_id, channel->second);
    };
    json out = {
        {"id", id_text(interaction.id)},
        {"application_id", id_text(world.identity.application_id)},
        {"type", static_cast<int>(interaction.type)},
        {"data", json::parse(interaction.data)},
        {"guild_id", id_text(world.guild_id)},
        {"guild", {{"id", id_text(world.guild_id)}, {"locale", "en-US"}, {"features", json::array()}}},
        {"guild_locale", "en-US"},
        {"channel_id", id_text(interaction.channel_id)},
        {"token", interaction.token},
        {"version", 1},
        {"app_permissions", std::to_string(in_channel(world.identity.bot_user_id))},
        {"locale", "en-US"},
        {"entitlements", json::array()},
        {"authorizing_integration_owners", {{"0", id_text(world.guild_id)}}},
        {"context", 0},
        {"attachment_size_limit", 10'485'760}};
    if (channel != world.channels.end()) out["channel"] = channel_object(world, channel->second);
    if (member != world.members.end()) {
        out["member"] = member_object(world, member->second);
        out["member"]["permissions"] = std::to_string(in_channel(interaction.user_id));
    }
    if (interaction.pressed_message_id) {
        const Message* pressed = find_message(world, interaction.channel_id, *interaction.pressed_message_id);
        if (pressed != nullptr) out["message"] = message_object(world, *pressed);
    }
    return out;
}

const Message* find_message(const World& world, Snowflake channel_id, Snowflake message_id) {
    const auto whisper = world.ephemeral_messages.find(message_id);
    if (whisper != world.ephemeral_messages.end()) return &whisper->second;
    const auto channel = world.messages.find(channel_id);
    if (channel == world.messages.end()) return nullptr;
    const auto found = channel->second.find(message_id);
    return found == channel->second.end() ? nullptr : &found->second;
}
Message* find_message(World& world, Snowflake channel_id, Snowflake message_id) {
    return const_cast<Message*>(find_message(std::as_const(world), channel_id, message_id));
}

Result<const Interaction*> respond(World& world, const Act& act, Snowflake interaction_id,
                                   const std::string& token, const json& body) {
    const auto found = world.interactions.find(interaction_id);
    if (found == world.interactions.end() || found->second.token != token)
        return refuse::unknown_interaction();
    Interaction& interaction = found->second;
    if (interaction.acked) {
        log_step(world, interaction, act.now, "refused: already acknowledged");
        if (world.settings.second_ack_unknown) return refuse::unknown_interaction();
        return refuse::interaction_already_acknowledged();
    }
    if (act.now - interaction.made >= milliseconds(world.settings.interaction_ack_ms)) {
        log_step(world, interaction, act.now, "refused: too late");
        return refuse::unknown_interaction();
    }
    if (const auto answered = answer_first(world, act, interaction, body); !answered) {
        return Refusal(answered.error());
    }
    interaction.acked = act.now;
    return &interaction;
}

Result<const Message*> get_answer(World& world, const Act& act, Snowflake application_id,
                                  const std::string& token, std::optional<Snowflake> message_id) {
    const auto interaction = reach_by_token(world, act, application_id, token);
    if (!interaction) return Refusal(interaction.error());
    const auto found = reach_answer(world, **interaction, message_id);
    if (!found) return Refusal(found.error());
    return *found;
}

Result<const Message*> edit_answer(World& world, const Act& act, Snowflake application_id,
                                   const std::string& token, std::optional<Snowflake> message_id,
                                   const json& body) {
    const auto reached = reach_by_token(world, act, application_id, token);
    if (!reached) return Refusal(reached.error());
    Interaction& interaction = **reached;
    const auto found = reach_answer(world, interaction, message_id);
    if (!found) return Refusal(found.error());
    FormFaults faults;
    Form form(body, faults);
    Message changed = **found;
    read_answer(world, form, changed, message_flag::kSuppressEmbeds);
    if (!faults.empty()) return faults.refusal();
    if (is_empty(changed)) return refuse::empty_message();
    if ((changed.flags & message_flag::kLoading) != 0) {
        changed.flags &= ~message_flag::kLoading;
        interaction.loading = false;
    }
    changed.edited_at = act.now;
    **found = std::move(changed);
    note_changed(world, **found);
    log_step(world, interaction, act.now, "edit", *found);
    return *found;
}

Result<void> delete_answer(World& world, const Act& act, Snowflake application_id, const std::string& token,
                           std::optional<Snowflake> message_id) {
    const auto reached = reach_by_token(world, act, application_id, token);
    if (!reached) return Refusal(reached.error());
    const auto found = reach_answer(world, **reached, message_id);
    if (!found) return Refusal(found.error());
    log_step(world, **reached, act.now, "delete", *found);
    const Snowflake id = (*found)->id;
    if (world.ephemeral_messages.erase(id) == 0) {
        world.messages[(*reached)->channel_id].erase(id);
        world.note(Kind::message, id, (*reached)->channel_id);
    }
    return {};
}

Result<const Message*> follow_up(World& world, const Act& act, Snowflake application_id,
                                 const std::string& token, const json& body) {
    const auto reached = reach_by_token(world, act, application_id, token);
    if (!reached) return Refusal(reached.error());
    Interaction& interaction = **reached;
    if (interaction.loading) return edit_answer(world, act, application_id, token, std::nullopt, body);
    FormFaults faults;
    Form form(body, faults);
    Message answer = answer_to(world, interaction);
    read_answer(world, form, answer, kFirstFlags);
    if (!faults.empty()) return faults.refusal();
    if (is_empty(answer)) return refuse::empty_message();
    const Snowflake id = place(world, std::move(answer), act.now);
    interaction.followups.push_back(id);
    const Message* made = find_message(world, interaction.channel_id, id);
    if (made == nullptr) return refuse::unknown_channel();
    log_step(world, interaction, act.now, "followup", made);
    return made;
}

}  // namespace convene::sandbox
