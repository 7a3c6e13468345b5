// src/app/solve_file.h: a cohort file to a plan, no database involved.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/model/input_fault.h"
#include "core/model/plan.h"
#include "core/solve/solve.h"
#include "core/time/zone_table.h"

namespace convene {

struct SolveFileOptions {
    std::uint64_t seed = 0;
    int threads = 0;
    int plans = 1;  ///< 2 and more: also plans as good that differ in times
    /// When the best plan so far is taken. Empty: when it is proven best.
    std::optional<std::chrono::steady_clock::time_point> deadline;
    std::function<bool()> should_stop;  ///< as in SolveOptions; Ctrl-C, for one
    std::function<void(const SolveProgress&)> on_progress;
};

struct SolvedFile {
    Plan plan;
    std::vector<Plan> alternatives;
    std::string plan_text;  ///< convene/plan@1, ending in a line break
    InputFaults warnings;   ///< about the cohort file
};

/// \throws PlanRefused when the solver's plan breaks a rule: a defect of convene, never of the file
[[nodiscard]] tl::expected<SolvedFile, InputFaults> solve_file(std::string_view cohort_text,
                                                               const ZoneTable& zones,
                                                               const SolveFileOptions& options);

}  // namespace convene
