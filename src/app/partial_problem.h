// src/app/partial_problem.h: the few people and groups that one question is about.
//
// A move changes two or three groups. Judging those alone finds the same new violations as
// judging all, and takes a hundredth of the time in a large cohort.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "app/board_state.h"

namespace convene {

struct PartialProblem {
    Problem problem;
    Plan plan;
};

/// \param groups  positions in state.plan.groups: those that change, and all others led by whoever
/// leads one of them if leaders change
/// \param people  further people who are concerned. With each come those whom R7 binds to them, and the
/// groups where these sit.
[[nodiscard]] PartialProblem partial_problem(const BoardState& state, std::set<std::size_t> groups,
                                             const std::set<std::string>& people);

}  // namespace convene
