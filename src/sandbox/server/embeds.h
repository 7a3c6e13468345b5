// src/sandbox/server/embeds.h: embeds and components of a message.
#pragma once
#include <optional>
#include <string>

#include "sandbox/server/form.h"

namespace convene::sandbox {

/// Reads `embeds`, trims every text, and returns them as Discord shows them
/// (JSON array). Nothing when absent; faults go to the form.
[[nodiscard]] std::optional<std::string> read_embeds(Form& form);

/// Reads `components` (action rows of buttons and selects) likewise.
[[nodiscard]] std::optional<std::string> read_components(Form& form);

}  // namespace convene::sandbox
