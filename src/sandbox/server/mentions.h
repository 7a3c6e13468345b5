// src/sandbox/server/mentions.h: who a message notifies.
#pragma once
#include <string>

#include "sandbox/server/form.h"
#include "sandbox/server/world.h"

namespace convene::sandbox {

/// Sets the message's mentions from its content and the form's
/// `allowed_mentions`; without it every kind is parsed. @everyone counts only
/// for an author who holds MENTION_EVERYONE (`may_mention_everyone`).
/// `by_default` is what is parsed without `allowed_mentions`: every kind in
/// ordinary messages, users alone in answers to interactions.
enum class MentionDefault { every_kind, users };
void read_mentions(const World& world, Form& form, Message& message, bool may_mention_everyone,
                   MentionDefault by_default = MentionDefault::every_kind);

}  // namespace convene::sandbox
