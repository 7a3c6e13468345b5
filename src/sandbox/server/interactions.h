// src/sandbox/server/interactions.h: what an application answers to its users.
//
// The first answer must come within seconds, or nobody sees any; from then on
// the token serves for edits and follow-ups, for a quarter of an hour. Both
// are counted on the sandbox's clock.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "sandbox/server/act.h"

namespace convene::sandbox {

/// The object that an application is sent (INTERACTION_CREATE).
[[nodiscard]] nlohmann::json interaction_object(const World& world, const Interaction& interaction);

/// The message under which an interaction is known, ephemeral or not; none
/// once it was deleted.
[[nodiscard]] Message* find_message(World& world, Snowflake channel_id, Snowflake message_id);
[[nodiscard]] const Message* find_message(const World& world, Snowflake channel_id, Snowflake message_id);

/// POST /interactions/{id}/{token}/callback. The interaction answered.
[[nodiscard]] Result<const Interaction*> respond(World& world, const Act& act, Snowflake interaction_id,
                                                 const std::string& token, const nlohmann::json& body);

/// GET /webhooks/{application}/{token}/messages/@original or {message_id};
/// without a message id the first answer is meant, here and below.
[[nodiscard]] Result<const Message*> get_answer(World& world, const Act& act, Snowflake application_id,
                                                const std::string& token,
                                                std::optional<Snowflake> message_id);

/// PATCH likewise; a deferred answer stops being one.
[[nodiscard]] Result<const Message*> edit_answer(World& world, const Act& act, Snowflake application_id,
                                                 const std::string& token,
                                                 std::optional<Snowflake> message_id,
                                                 const nlohmann::json& body);

/// DELETE likewise.
[[nodiscard]] Result<void> delete_answer(World& world, const Act& act, Snowflake application_id,
                                         const std::string& token, std::optional<Snowflake> message_id);

/// POST /webhooks/{application}/{token}. Each call makes another message, save
/// the first after a deferral, which fills the waiting one.
[[nodiscard]] Result<const Message*> follow_up(World& world, const Act& act, Snowflake application_id,
                                               const std::string& token, const nlohmann::json& body);

}  // namespace convene::sandbox
