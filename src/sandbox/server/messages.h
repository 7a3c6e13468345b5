// src/sandbox/server/messages.h: sending, editing, deleting, pinning and listing messages.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "sandbox/server/act.h"

namespace convene::sandbox {

/// Puts a finished message into the channel, whoever may or may not write
/// there; id and channel are set here.
Snowflake append_message(World& world, Channel& channel, Message message, Instant now);

struct SentMessage {
    Snowflake id = 0;
    std::string nonce;  ///< JSON as it was sent; shown in this one answer and never again
};

/// POST /channels/{id}/messages. With enforce_nonce a repeat within the window
/// makes nothing and returns the first message; 10008 when that was deleted.
[[nodiscard]] Result<SentMessage> create_message(World& world, const Act& act, Snowflake channel_id,
                                                 const nlohmann::json& body);

/// PATCH /channels/{id}/messages/{message_id}: own messages only.
[[nodiscard]] Result<Snowflake> update_message(World& world, const Act& act, Snowflake channel_id,
                                               Snowflake message_id, const nlohmann::json& body);

/// DELETE likewise: own ones, or any with MANAGE_MESSAGES.
[[nodiscard]] Result<void> delete_message(World& world, const Act& act, Snowflake channel_id,
                                          Snowflake message_id);

/// PUT and DELETE /channels/{id}/messages/pins/{message_id}
[[nodiscard]] Result<void> set_pinned(World& world, const Act& act, Snowflake channel_id,
                                      Snowflake message_id, bool pinned);

/// GET /channels/{id}/messages/{message_id}; needs READ_MESSAGE_HISTORY.
[[nodiscard]] Result<const Message*> get_message(World& world, const Act& act, Snowflake channel_id,
                                                 Snowflake message_id);

struct MessagePage {
    std::optional<Snowflake> before, after, around;  ///< at most one of them
    std::size_t limit = 50;
};

/// GET /channels/{id}/messages: newest first. `after` gives the page next to
/// it, that is the oldest ones. An empty list without READ_MESSAGE_HISTORY.
[[nodiscard]] Result<std::vector<const Message*>> list_messages(World& world, const Act& act,
                                                                Snowflake channel_id,
                                                                const MessagePage& page);

}  // namespace convene::sandbox
