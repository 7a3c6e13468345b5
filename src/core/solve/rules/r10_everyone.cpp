// R10: every participant is in a group or among the unplaced. Reasons are given later (core/explain).
#include <set>
#include <string_view>

#include "core/solve/rules/hard_rules.h"

namespace convene {
namespace {

class Everyone : public HardRule {
public:
    void complete(const Instance& instance, Plan& plan) const override {
        const Problem& problem = *instance.problem;
        std::set<std::string_view> placed;
        for (const PlannedGroup& group : plan.groups)
            placed.insert(group.participants.begin(), group.participants.end());
        for (const int p : problem.participants()) {
            const std::string& id = problem.people()[static_cast<std::size_t>(p)].id;
            if (!placed.contains(id)) plan.unplaced.push_back({id, UnplacedReason::outcompeted, "", {}});
        }
    }
};

}  // namespace

HardRulePtr hard_rules::r10_everyone() {
    return std::make_shared<Everyone>();
}

}  // namespace convene
