// src/cli/commands/schedule_report.h: what a run formed, for people and for programs.
#pragma once
#include "app/schedule_cohort.h"
#include "cli/command.h"

namespace convene::cli {

void print_schedule(const SchedulingResult& result, Context& context);
void print_schedule_as_json(const SchedulingResult& result, Context& context);

}  // namespace convene::cli
