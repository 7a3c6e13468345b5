// bench/compare/cohort_spec.h: cohorts named on the command line.
#pragma once
#include <string>

#include "core/model/problem.h"
#include "core/time/zone_table.h"

namespace convene::bench {

/// A cohort file, or a generated cohort: `300:1` has 300 participants and seed 1. Settings follow after
/// commas, each NAME=NUMBER or one of the anchors `facilitator`, `best`, `zone`:
///
///     min max target step meetings length buffer if_needed count_facilitator   rules, as in a cohort file
///     density, facilitators   percent: how free people are; facilitators per hundred participants
///     pairs                   so many sets of two together, and as many apart
///     sydney                  1: start in September, when the clocks of four continents change
///
/// \throws std::runtime_error saying what is wrong
[[nodiscard]] ProblemInput read_cohort(const std::string& what, const ZoneTable& zones);

/// The file's name without folder and ending, or the description as it stands.
[[nodiscard]] std::string cohort_name(const std::string& what);

}  // namespace convene::bench
