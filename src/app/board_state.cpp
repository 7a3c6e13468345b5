#include "app/board_state.h"

#include "app/cohort_version.h"
#include "app/current_plan.h"
#include "core/rules/judged_plan.h"

namespace convene {

tl::expected<BoardState, InputFaults> make_board_state(CohortSnapshot cohort, const ZoneTable& zones) {
    auto problem = build_problem(cohort, zones, {}, KeepGroups::none);
    if (!problem) return tl::unexpected(std::move(problem).error());
    Plan plan = current_plan(*problem);
    std::string version = version_of(cohort);
    return BoardState{std::move(cohort), std::move(version), *std::move(problem), std::move(plan)};
}

Score score_of(const Problem& problem, const Plan& plan) {
    const JudgedPlan judged(problem, plan);
    const Rules& rules = problem.rules();
    Score score;
    score.placed = judged.placed();
    for (const JudgedGroup& group : judged.groups()) {
        const auto relies = [&](int person) {
            return judged.attendance(group, person) == Attendance::if_needed ? 1 : 0;
        };
        for (const int person : group.participants) score.if_needed += relies(person);
        if (group.facilitator >= 0) score.if_needed += relies(group.facilitator);
        const bool counted = rules.count_facilitator && group.facilitator >= 0;
        const int size = static_cast<int>(group.participants.size()) + (counted ? 1 : 0);
        score.size_distance += (size - rules.target()) * (size - rules.target());
    }
    return score;
}

}  // namespace convene
