// src/cli/commands/groups_report.h: a cohort's groups, for people and for programs.
#pragma once
#include "app/review_groups.h"
#include "cli/command.h"

namespace convene::cli {

void print_groups(const CohortReview& review, Context& context);
void print_groups_as_json(const CohortReview& review, Context& context);

}  // namespace convene::cli
