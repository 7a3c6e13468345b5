// src/core/model/members_outside.h: week by week, who cannot come.
#pragma once
#include <string>
#include <vector>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene {

/// One entry per meeting of the group: the ids of its members, facilitator included,
/// whose hours (if-needed ones too where rules.use_if_needed allows them) do not
/// hold that meeting; sorted. Ids that the problem does not know are left out.
[[nodiscard]] std::vector<std::vector<std::string>> members_outside(const Problem& problem,
                                                                    const PlannedGroup& group);

}  // namespace convene
