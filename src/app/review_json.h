// src/app/review_json.h: a review as JSON, for command line and web alike.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "app/review_groups.h"

namespace convene {

[[nodiscard]] nlohmann::ordered_json groups_json(const CohortReview& review);
[[nodiscard]] nlohmann::ordered_json waiting_json(const CohortReview& review);
[[nodiscard]] nlohmann::ordered_json set_aside_json(const CohortReview& review);

}  // namespace convene
