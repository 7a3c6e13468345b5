// src/app/board_state.h: one version of a cohort, worked out once for many questions.
#pragma once
#include <string>
#include <tl/expected.hpp>

#include "app/build_problem.h"
#include "core/model/plan.h"

namespace convene {

/// Constant after it is made: any number of threads may ask about it.
struct BoardState {
    CohortSnapshot cohort;
    std::string version;    ///< version_of(cohort)
    CohortProblem problem;  ///< with nobody fixed: groups are judged by themselves
    Plan plan;              ///< the groups as they stand
};

/// Faults: the cohort's settings cannot be used.
[[nodiscard]] tl::expected<BoardState, InputFaults> make_board_state(CohortSnapshot cohort,
                                                                     const ZoneTable& zones);

/// What the objectives O1 to O3 measure, of groups as they stand.
struct Score {
    int placed = 0;
    int if_needed = 0;
    int size_distance = 0;  ///< sum over groups of (size - target)²

    friend bool operator==(const Score&, const Score&) = default;
};
[[nodiscard]] Score score_of(const Problem& problem, const Plan& plan);

}  // namespace convene
