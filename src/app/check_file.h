// src/app/check_file.h: any plan judged against a cohort file.
#pragma once
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/model/input_fault.h"
#include "core/rules/check_plan.h"
#include "core/time/zone_table.h"

namespace convene {

struct CheckedFile {
    std::vector<Violation> violations;  ///< empty: the plan is valid
    int groups = 0;
    int placed = 0;
    int unplaced = 0;
    InputFaults warnings;
};

/// Faults of both files together; their paths begin with `cohort file: ` or `plan: `.
[[nodiscard]] tl::expected<CheckedFile, InputFaults> check_file(std::string_view cohort_text,
                                                                std::string_view plan_text,
                                                                const ZoneTable& zones);

}  // namespace convene
