// src/core/rules/check_plan.h: the judge of every plan, wherever it comes from.
//
// It shares no code with the solver beyond core/time and core/model.
#pragma once
#include <string>
#include <vector>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene {

struct Violation {
    std::string rule;   ///< `R1` … `R10`, or `plan` when the document contradicts itself (a wrong count, a
                        ///< meeting that is not where its start says)
    std::string group;  ///< name of the group, empty when none is meant
    std::string message;

    friend bool operator==(const Violation&, const Violation&) = default;
};

/// Every violation of the plan, not just the first, in a stable order. Empty: the plan is valid.
[[nodiscard]] std::vector<Violation> check_plan(const Problem& problem, const Plan& plan);

}  // namespace convene
