// src/sandbox/server/message_form.h: what a message says, read from a request body.
//
// Shared by messages in channels and by answers to interactions.
#pragma once
#include "sandbox/server/form.h"
#include "sandbox/server/world.h"

namespace convene::sandbox {

namespace message_flag {
inline constexpr int kSuppressEmbeds = 1 << 2;
inline constexpr int kEphemeral = 1 << 6;
inline constexpr int kLoading = 1 << 7;
inline constexpr int kSuppressNotifications = 1 << 12;
inline constexpr int kComponentsV2 = 1 << 15;
}  // namespace message_flag

/// Sets content, embeds and components as far as the form has them, and of the
/// message's flags those in `settable` when the form has any.
void read_content(Form& form, Message& message, int settable);

/// Neither content nor embeds nor components.
[[nodiscard]] bool is_empty(const Message& message);

}  // namespace convene::sandbox
