#include "discord/bot/interaction_api.h"

#include "app/failure.h"
#include "discord/bot/log_line.h"
#include "discord/wire/json.h"
#include "discord/wire/message_json.h"

namespace convene::discord {
namespace {

using Kind = RestError::Kind;

// A lost reply is asked for once more: by then three seconds are nearly over.
constexpr int kTries = 2;
constexpr int kPostTries = 3;

bool never_stop() {
    return false;
}

bool is_over(const RestError& error) {
    const int code = error.api.code;
    return code == error_code::kInvalidWebhookToken || code == error_code::kUnknownWebhook ||
           code == error_code::kUnknownInteraction || code == error_code::kUnknownMessage ||
           error.api.status == 401 || error.api.status == 404;
}

/// Of the message that was made; empty when the reply is not to be read.
std::string id_in(const std::string& reply) {
    try {
        return read_message(reply).id;
    } catch (const DiscordFailure&) {
        return "";
    }
}

void log_refusal(const char* what, const RestError& error) {
    LogLine(what).with("why", error.message).warning();
}

}  // namespace

InteractionApi::FirstAnswer InteractionApi::answer(const std::string& id, const std::string& token,
                                                   const std::string& body) {
    // Limits are per interaction, as they are per webhook: none waits for another.
    const Route route(Method::post, "/interactions/{webhook_id}/{webhook_token}/callback", {id, token});
    bool in_doubt = false;
    for (int attempt = 0; attempt < kTries; ++attempt) {
        const auto reply = first_answers_->send({route, body, ""}, never_stop);
        if (reply) return FirstAnswer::accepted;
        const RestError& error = reply.error();
        if (error.kind == Kind::unknown_outcome || error.kind == Kind::unreachable) {
            in_doubt = in_doubt || error.kind == Kind::unknown_outcome;
            continue;
        }
        if (error.api.code == error_code::kAlreadyAnswered)
            return in_doubt ? FirstAnswer::accepted : FirstAnswer::answered_before;
        if (error.api.code == error_code::kUnknownInteraction)
            return in_doubt ? FirstAnswer::accepted : FirstAnswer::too_late;
        log_refusal("first answer refused", error);
        return FirstAnswer::failed;
    }
    LogLine("first answer in doubt").with("interaction", id).warning();
    return FirstAnswer::failed;
}

InteractionApi::Delivery InteractionApi::edit(const std::string& token, const NewMessage& message,
                                              const RestClient::ShouldStop& stop) {
    if (token.empty()) return Delivery::gone;
    return change(Route(Method::patch, "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
                        {application_id_, token}),
                  message, stop);
}

InteractionApi::Delivery InteractionApi::edit_message(const std::string& channel_id,
                                                      const std::string& message_id,
                                                      const NewMessage& message,
                                                      const RestClient::ShouldStop& stop) {
    return change(
        Route(Method::patch, "/channels/{channel_id}/messages/{message_id}", {channel_id, message_id}),
        message, stop);
}

InteractionApi::Delivery InteractionApi::change(const Route& route, const NewMessage& message,
                                                const RestClient::ShouldStop& stop) {
    const auto reply = client_->send({route, write_message_edit(message), ""}, stop);
    if (reply) return Delivery::delivered;
    const RestError& error = reply.error();
    if (error.kind != Kind::refused) return Delivery::unreachable;
    if (is_over(error)) return Delivery::gone;
    log_refusal("edit refused", error);
    return Delivery::refused;
}

InteractionApi::Posted InteractionApi::post(const std::string& channel_id, const NewMessage& message,
                                            const RestClient::ShouldStop& stop) {
    const Route route(Method::post, "/channels/{channel_id}/messages", {channel_id});
    for (int attempt = 0; attempt < kPostTries; ++attempt) {
        const auto reply = client_->send({route, write_message(message), ""}, stop);
        if (reply) return {Delivery::delivered, id_in(reply->body)};
        const RestError& error = reply.error();
        if (error.kind == Kind::refused) {
            log_refusal("message refused", error);
            return {Delivery::refused, ""};
        }
        // With its nonce Discord takes it once, however often it comes.
        if (error.kind != Kind::unknown_outcome || message.nonce.empty()) break;
    }
    return {};
}

std::optional<std::string> InteractionApi::find_answer(const std::string& channel_id,
                                                       const std::string& interaction_id,
                                                       const RestClient::ShouldStop& stop) {
    // It was written within seconds of the command, and ids rise with time: it is among the next hundred.
    const Route route(Method::get, "/channels/{channel_id}/messages?limit=100&after={after}",
                      {channel_id, interaction_id});
    const auto reply = client_->send({route, "", ""}, stop);
    if (!reply) {
        log_refusal("answer not looked up", reply.error());
        return std::nullopt;
    }
    try {
        for (const Message& message : read_messages(reply->body)) {
            if (message.interaction_id == interaction_id) return message.id;
        }
    } catch (const DiscordFailure& failure) {
        LogLine("answer not looked up").with("why", failure.what()).warning();
    }
    return std::nullopt;
}

}  // namespace convene::discord
