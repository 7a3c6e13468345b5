// src/cli/consent.h: the question before something is begun.
#pragma once
#include "cli/command.h"

namespace convene::cli {

/// Somebody sits there who can be asked.
[[nodiscard]] bool can_ask(const Context& context);

/// Asks on standard error whether to carry out what was shown; says so when the answer is not yes.
[[nodiscard]] bool consents(Context& context);

}  // namespace convene::cli
