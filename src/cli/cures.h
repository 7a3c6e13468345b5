// src/cli/cures.h: reasons and cures as text and JSON.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "core/model/cure.h"
#include "core/model/plan.h"

namespace convene::cli {

/// Fields that the kind of cure does not have are left out.
[[nodiscard]] nlohmann::ordered_json to_json(const Cure& cure);

}  // namespace convene::cli
