// src/discord/bot/interaction_api.h: answers to interactions, and what became of them.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "discord/rest/rest_client.h"
#include "discord/wire/interaction.h"

namespace convene::discord {

/// Any number of threads may call at once.
class InteractionApi {
public:
    /// \param first_answers  with a short patience: a first answer is worth nothing after three seconds
    InteractionApi(std::shared_ptr<RestClient> first_answers, std::shared_ptr<RestClient> client,
                   std::string application_id)
        : first_answers_(std::move(first_answers)),
          client_(std::move(client)),
          application_id_(std::move(application_id)) {}

    enum class FirstAnswer {
        accepted,         ///< or lost on the way, and found accepted when it was sent again
        answered_before,  ///< by somebody else
        too_late,         ///< the interaction is over: its token edits nothing
        failed,           ///< nobody knows
    };
    /// \param body  of write_deferral(), write_reply(), …
    FirstAnswer answer(const std::string& id, const std::string& token, const std::string& body);

    enum class Delivery {
        delivered,
        gone,         ///< the token has died, or the message was deleted: say it elsewhere
        refused,      ///< Discord will not have this text, or not there
        unreachable,  ///< try again later
    };
    /// Changes the answer, or shows it after a deferral. Repeating it does no harm.
    Delivery edit(const std::string& token, const NewMessage& message, const RestClient::ShouldStop& stop);
    struct Posted {
        Delivery delivery = Delivery::unreachable;
        std::string message_id;  ///< once delivered; empty when Discord did not say
    };
    /// Repeating it with the same nonce does no harm within some minutes.
    Posted post(const std::string& channel_id, const NewMessage& message, const RestClient::ShouldStop& stop);

    // Without the token, for answers that everybody sees.
    /// The message that answers this interaction. Empty when it cannot be found, or read, or reached.
    std::optional<std::string> find_answer(const std::string& channel_id, const std::string& interaction_id,
                                           const RestClient::ShouldStop& stop);
    /// Repeating it does no harm.
    Delivery edit_message(const std::string& channel_id, const std::string& message_id,
                          const NewMessage& message, const RestClient::ShouldStop& stop);

private:
    Delivery change(const Route& route, const NewMessage& message, const RestClient::ShouldStop& stop);

    std::shared_ptr<RestClient> first_answers_;
    std::shared_ptr<RestClient> client_;
    std::string application_id_;
};

}  // namespace convene::discord
