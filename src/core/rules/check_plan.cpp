#include "core/rules/check_plan.h"

#include "core/rules/rules.h"

namespace convene {

std::vector<Violation> check_plan(const Problem& problem, const Plan& plan) {
    const JudgedPlan judged(problem, plan);
    std::vector<Violation> found;
    rules::check_r1_one_facilitator(judged, found);
    rules::check_r2_size(judged, found);
    rules::check_r3_attendance(judged, found);
    rules::check_r4_one_group_each(judged, found);
    rules::check_r5_facilitator_load(judged, found);
    rules::check_r6_facilitator_overlap(judged, found);
    rules::check_r7_together(judged, found);
    rules::check_r8_apart(judged, found);
    rules::check_r9_fixed_groups(judged, found);
    rules::check_r10_everyone(judged, found);
    rules::check_document(judged, found);
    return found;
}

}  // namespace convene
