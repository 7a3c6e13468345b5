// src/cli/commands/realize_report.h: changes on Discord, planned or made, for people and for programs.
#pragma once
#include <string>
#include <vector>

#include "app/realize_cohort.h"
#include "cli/command.h"

namespace convene::cli {

/// `12 of 45, about 40 s left: create text channel group-1 (Group 1)`.
[[nodiscard]] std::string progress_text(const RealizationProgress& progress);

void print_plan(const RealizationPlan& plan, Context& context);
void print_plan_as_json(const RealizationPlan& plan, Context& context);
void print_notes(const std::vector<RealizationNote>& notes, Context& context);
/// Addresses of what was built.
void print_homes(const std::vector<GroupHome>& homes, Context& context);
/// What was not done.
void print_left(const RealizationOutcome& outcome, Context& context);
/// `16 changes made: 1 × category, 3 × text channel`.
[[nodiscard]] std::string made_text(const RealizationOutcome& outcome);
void print_realization(const RealizeResult& result, Context& context);
void print_realization_as_json(const RealizeResult& result, Context& context);

}  // namespace convene::cli
