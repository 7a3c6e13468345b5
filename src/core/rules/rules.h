// src/core/rules/rules.h: the hard rules, each in a file of its own.
//
// Every function appends what it finds wrong, in the order of the plan, and
// leaves alone what another rule already names: an unknown id is a fault of the
// document only, and a group whose zone nobody knows is not judged for attendance.
#pragma once
#include <vector>

#include "core/rules/check_plan.h"
#include "core/rules/judged_plan.h"

namespace convene::rules {

using Violations = std::vector<Violation>;

void check_document(const JudgedPlan& plan, Violations& found);

void check_r1_one_facilitator(const JudgedPlan& plan, Violations& found);
void check_r2_size(const JudgedPlan& plan, Violations& found);
void check_r3_attendance(const JudgedPlan& plan, Violations& found);
void check_r4_one_group_each(const JudgedPlan& plan, Violations& found);
void check_r5_facilitator_load(const JudgedPlan& plan, Violations& found);
void check_r6_facilitator_overlap(const JudgedPlan& plan, Violations& found);
void check_r7_together(const JudgedPlan& plan, Violations& found);
void check_r8_apart(const JudgedPlan& plan, Violations& found);
void check_r9_fixed_groups(const JudgedPlan& plan, Violations& found);
void check_r10_everyone(const JudgedPlan& plan, Violations& found);

}  // namespace convene::rules
