// src/web/api/json.h: values that several replies hold.
#pragma once
#include <string>
#include <vector>

#include "app/board_state.h"
#include "app/cohort_changes.h"
#include "core/rules/check_plan.h"
#include "web/reply.h"

namespace convene::web {

[[nodiscard]] Json score_json(const Score& score);
[[nodiscard]] Json violations_json(const std::vector<Violation>& violations);
/// A record's text; null when it is no JSON.
[[nodiscard]] Json parsed(const std::string& text);
/// What an edit came to, for people.
[[nodiscard]] std::string sentence_of(const EditRecord& edit);

}  // namespace convene::web
