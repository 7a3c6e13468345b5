// src/cli/commands/realize_report.h: changes on Discord, planned or made, for people and for programs.
#pragma once
#include <vector>

#include "app/realize_cohort.h"
#include "cli/command.h"

namespace convene::cli {

void print_plan(const RealizationPlan& plan, Context& context);
void print_plan_as_json(const RealizationPlan& plan, Context& context);
void print_notes(const std::vector<RealizationNote>& notes, Context& context);
void print_realization(const RealizeResult& result, Context& context);
void print_realization_as_json(const RealizeResult& result, Context& context);

}  // namespace convene::cli
