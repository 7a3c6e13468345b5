// tests/support/plan_builder.h: plans written as people would say them, consistent in themselves.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/plan.h"
#include "core/model/problem.h"

namespace convene::test {

/// `Participant p1 (p1)`, as people of a ProblemBuilder are called in messages, shortened to `p1`.
[[nodiscard]] std::string ids_only(const std::string& message);

/// Works out what a plan must say of its groups: meetings, who relies on if-needed time, the
/// unplaced (as outcompeted, without looking for a reason), the objective; and calls itself optimal. It does
/// not ask whether the groups obey the rules.
class PlanBuilder {
public:
    explicit PlanBuilder(const Problem& problem) : problem_(problem) {}

    /// A group in UTC: `group("Group 1", "Tue 18:00", "f1", {"p1", "p2"})`.
    PlanBuilder& group(std::string name, std::string_view start, std::string facilitator,
                       std::vector<std::string> participants);
    PlanBuilder& group(std::string name, std::string_view start, std::string facilitator,
                       std::vector<std::string> participants, const ZonePtr& anchor);

    [[nodiscard]] Plan build() const;

private:
    const Problem& problem_;
    std::vector<PlannedGroup> groups_;
};

}  // namespace convene::test
