// src/app/cure_json.h: a cure as JSON, for command line and web alike.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "core/model/cure.h"
#include "core/model/plan.h"

namespace convene {

/// Fields that the kind of cure does not have are left out.
[[nodiscard]] nlohmann::ordered_json to_json(const Cure& cure);

}  // namespace convene
