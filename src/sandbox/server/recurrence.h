// src/sandbox/server/recurrence.h: the recurrence rules that Discord accepts.
#pragma once
#include <optional>
#include <string>

#include "sandbox/server/form.h"

namespace convene::sandbox {

/// Reads `recurrence_rule` and returns it as Discord would show it (JSON text).
/// Faults go to the form; nothing when absent, null or faulty.
[[nodiscard]] std::optional<std::string> read_recurrence(Form& form);

/// The first start after `start` by a rule that read_recurrence returned.
[[nodiscard]] Instant next_occurrence(const std::string& rule, Instant start);

}  // namespace convene::sandbox
