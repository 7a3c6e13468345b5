#include "app/find_plan.h"

#include "app/plan_refused.h"
#include "core/explain/cures.h"
#include "core/explain/reasons.h"
#include "core/rules/check_plan.h"
#include "core/solve/alternatives.h"

namespace convene {

namespace {

void complete(const Problem& problem, Plan& plan, const std::function<void(Plan&)>& name_groups) {
    if (name_groups) name_groups(plan);
    plan.unplaced = explain_unplaced(problem, plan);
    add_cures(problem, plan);
    std::vector<Violation> violations = check_plan(problem, plan);
    if (!violations.empty()) throw PlanRefused(std::move(violations));
}

}  // namespace

Plan find_plan(const Problem& problem, const SolveOptions& options,
               const std::function<void(Plan&)>& name_groups) {
    return std::move(find_plans(problem, 1, options, name_groups).front());
}

std::vector<Plan> find_plans(const Problem& problem, int count, const SolveOptions& options,
                             const std::function<void(Plan&)>& name_groups) {
    std::vector<Plan> plans = solve_alternatives(problem, count, options);
    for (Plan& plan : plans) complete(problem, plan, name_groups);
    return plans;
}

}  // namespace convene
