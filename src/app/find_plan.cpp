#include "app/find_plan.h"

#include "app/plan_refused.h"
#include "core/explain/cures.h"
#include "core/explain/reasons.h"
#include "core/rules/check_plan.h"

namespace convene {

Plan find_plan(const Problem& problem, const SolveOptions& options,
               const std::function<void(Plan&)>& name_groups) {
    Plan plan = solve(problem, options);
    if (name_groups) name_groups(plan);
    plan.unplaced = explain_unplaced(problem, plan);
    add_cures(problem, plan);
    std::vector<Violation> violations = check_plan(problem, plan);
    if (!violations.empty()) throw PlanRefused(std::move(violations));
    return plan;
}

}  // namespace convene
