// src/app/changes_json.h: changes as text, kept with an edit so that it can be undone.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/cohort_changes.h"

namespace convene {

/// How to take an edit back.
struct Inverse {
    CohortChanges made;  ///< what the edit changed: still so, or the edit cannot be undone
    CohortChanges undo;  ///< what brings the earlier state back
};

/// Without new groups: no edit makes them.
[[nodiscard]] std::string to_json(const Inverse& inverse);
/// Empty when the text is not what to_json writes.
[[nodiscard]] std::optional<Inverse> inverse_from_json(std::string_view text);

}  // namespace convene
