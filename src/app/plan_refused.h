// src/app/plan_refused.h: the judge found fault with the solver's own plan.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "app/failure.h"
#include "core/rules/check_plan.h"

namespace convene {

/// A defect of convene: nothing was written, and the message asks for a report.
class PlanRefused : public Failure {
public:
    explicit PlanRefused(std::vector<Violation> violations);
    [[nodiscard]] const std::vector<Violation>& violations() const noexcept { return violations_; }

private:
    std::vector<Violation> violations_;
};

}  // namespace convene
