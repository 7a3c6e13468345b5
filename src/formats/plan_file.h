// src/formats/plan_file.h: `convene/plan@1`, the file that says who meets when
// (docs/formats.md).
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/model/input_fault.h"
#include "core/model/plan.h"

namespace convene {

struct PlanFile {
    Plan plan;
    std::optional<double> elapsed_ms;
    InputFaults warnings;  ///< unknown keys
    /// Where the document says one thing twice and differently (a meeting_time_utc that is not the
    /// first meeting's): nothing to refuse it for, but a violation for whoever judges it.
    InputFaults contradictions;
};

/// The bytes depend on the arguments alone. One line per group and per unplaced person.
/// \param alternatives  other plans as good as this one, written under `alternatives`, each a whole document
[[nodiscard]] std::string write_plan_file(const Plan& plan, std::optional<double> elapsed_ms,
                                          std::span<const Plan> alternatives = {});

/// Reads plans from anywhere, wrong ones too: what is stated is kept for check_plan to judge. A group
/// needs a start (`weekday` and `time`, or `meeting_time_utc`) and `participants`; everything else
/// may be left out: objectives are then counted from the groups, a bound is the objective, and a
/// name is the group's number. Faults are of form only and come all at once, each with its path.
[[nodiscard]] tl::expected<PlanFile, InputFaults> read_plan_file(std::string_view text);

}  // namespace convene
