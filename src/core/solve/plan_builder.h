// src/core/solve/plan_builder.h: from an answer of the search to a Plan for people.
#pragma once
#include "core/model/plan.h"
#include "core/solve/program.h"

namespace convene {

/// Groups with names, meetings, if-needed lists and spare starts; everybody else unplaced, with
/// reason `outcompeted` until explain works out the real one. Objective is set; status and bound are the
/// caller's.
[[nodiscard]] Plan build_plan(const Instance& instance, const Solution& solution);

}  // namespace convene
