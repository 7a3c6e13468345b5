#include "app/explain_cohort.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "app/current_plan.h"
#include "app/letters.h"
#include "app/queries/people.h"
#include "app/usable_person.h"
#include "core/explain/cures.h"
#include "core/explain/reasons.h"
#include "core/rules/check_plan.h"
#include "core/solve/solve.h"

namespace convene {
namespace {

/// Reasons that hold whatever groups are formed: they can be told before the first run.
bool holds_before_scheduling(UnplacedReason reason) {
    return reason == UnplacedReason::no_availability || reason == UnplacedReason::no_facilitator_overlap;
}

/// For how long a bound is looked for: the search ends with a true one whenever it is stopped.
constexpr std::chrono::seconds kPatience{3};

/// With what no plan can pass, worked out anew: edits and newcomers change it.
Plan with_bound(const Problem& problem, Plan plan) {
    plan.objective.placed = 0;
    for (const PlannedGroup& group : plan.groups)
        plan.objective.placed += static_cast<int>(group.participants.size());
    const auto end = std::chrono::steady_clock::now() + kPatience;
    SolveOptions options;
    options.should_stop = [end] { return std::chrono::steady_clock::now() >= end; };
    plan.bound = solve(problem, options).bound;
    plan.status = plan.objective.placed == plan.bound.placed ? PlanStatus::optimal : PlanStatus::feasible;
    return plan;
}

std::vector<UnplacedPerson> explained(const Problem& problem, const Plan& plan) {
    if (plan.unplaced.empty()) return {};
    return explain_unplaced(problem, with_bound(problem, plan));
}

/// Groups that are still forming are judged as the run judged that formed them: as part of its plan. Edits
/// may have made a plan of them that no run could make; then they count as they stand.
std::vector<UnplacedPerson> reasons(const CohortSnapshot& cohort, const ZoneTable& zones,
                                    const CohortProblem& problem, const Plan& plan) {
    const auto before = build_problem(cohort, zones, {}, KeepGroups::started);
    if (before) {
        const Plan formed = current_plan(*before);
        const auto violations = check_plan(before->problem, formed);
        const bool obeys = std::all_of(violations.begin(), violations.end(),
                                       [](const Violation& found) { return found.rule == "plan"; });
        if (obeys) return explained(before->problem, formed);
    }
    return explained(problem.problem, plan);
}

class Explainer {
public:
    Explainer(const CohortSnapshot& cohort, const ZoneTable& zones, const CohortProblem& problem)
        : cohort_(cohort), zones_(zones) {
        Plan plan = current_plan(problem);
        plan.unplaced = reasons(cohort, zones, problem, plan);
        // What a cure promises must hold for the next run, which moves nobody.
        add_cures(problem.problem, plan);
        for (UnplacedPerson& person : plan.unplaced)
            reasons_.emplace(problem.user_of.at(person.person), std::move(person));
        for (const GroupRow& group : cohort.groups) {
            if (!is_running(group)) continue;
            for (const MembershipRow& member : group.members) {
                if (member.status != MembershipStatus::active) continue;
                std::string& names = groups_of_[member.user_id];
                names += (names.empty() ? "" : ", ") + group.group_name;
            }
        }
    }

    [[nodiscard]] bool grouped(UserId user) const { return groups_of_.contains(user); }

    [[nodiscard]] PersonExplanation explain(const SignupRow& signup) const {
        PersonExplanation explanation;
        explanation.user_id = signup.user_id;
        explanation.name = signup.display_name();
        explanation.role = signup.role;
        find_standing(signup, explanation);
        explanation.letter = letter_to(explanation, cohort_.cohort);
        return explanation;
    }

private:
    using Standing = PersonExplanation::Standing;

    void find_standing(const SignupRow& signup, PersonExplanation& explanation) const {
        const UsablePerson usable = usable_person(signup, zones_);
        if (const auto groups = groups_of_.find(signup.user_id); groups != groups_of_.end()) {
            explanation.standing = Standing::grouped;
            explanation.group_name = groups->second;
            explanation.detail = (signup.role == Role::facilitator ? "leads " : "is in ") + groups->second;
        } else if (usable.set_aside) {
            explanation.standing = Standing::set_aside;
            explanation.detail = usable.set_aside->message;
        } else if (signup.role == Role::facilitator) {
            explanation.standing = Standing::waiting;
            explanation.detail = usable.person.max_groups == 0 ? "is on leave" : "leads no group so far";
        } else {
            give_reason(signup, explanation);
        }
    }

    void give_reason(const SignupRow& signup, PersonExplanation& explanation) const {
        const bool tried = signup.grouping_status != GroupingStatus::awaiting_grouping;
        const auto found = reasons_.find(signup.user_id);
        if (found == reasons_.end()) {
            explanation.standing = Standing::waiting;
            explanation.detail = "has completed this cohort";
        } else if (tried || holds_before_scheduling(found->second.reason)) {
            explanation.standing = Standing::unplaced;
            explanation.reason = found->second.reason;
            explanation.detail = found->second.detail;
            explanation.cure = found->second.cure;
        } else {
            explanation.standing = Standing::waiting;
            explanation.detail = "awaits grouping: schedule has not run since they signed up or left a group";
        }
    }

    const CohortSnapshot& cohort_;
    const ZoneTable& zones_;
    std::map<UserId, UnplacedPerson> reasons_;
    std::map<UserId, std::string> groups_of_;
};

/// Completed, or in a group that ended well: nobody to explain unasked.
bool has_completed(const CohortSnapshot& cohort, const CohortProblem& problem, const SignupRow& signup) {
    return signup.role == Role::participant && signup.grouping_status == GroupingStatus::grouped &&
           !std::binary_search(problem.eligible.begin(), problem.eligible.end(), signup.user_id) &&
           !cohort.groups.empty();
}

/// Changes for the organiser. Whoever is set aside is told what to mend, not asked for hours.
std::vector<Cure> ranked_cures(const CohortProblem& problem) {
    std::vector<Cure> cures = rank_cures(problem.problem, current_plan(problem));
    std::erase_if(cures, [&](const Cure& cure) {
        return std::any_of(problem.set_aside.begin(), problem.set_aside.end(), [&](const auto& person) {
            const auto id = problem.id_of.find(person.user_id);
            return id != problem.id_of.end() && id->second == cure.person;
        });
    });
    return cures;
}

}  // namespace

std::string_view to_string(PersonExplanation::Standing standing) noexcept {
    switch (standing) {
        case PersonExplanation::Standing::grouped:
            return "grouped";
        case PersonExplanation::Standing::unplaced:
            return "unplaced";
        case PersonExplanation::Standing::set_aside:
            return "set_aside";
        case PersonExplanation::Standing::waiting:
            return "waiting";
    }
    return "";
}

tl::expected<CohortExplanation, InputFaults> explain_cohort(const CohortSnapshot& cohort,
                                                            const ZoneTable& zones,
                                                            std::optional<std::string_view> person) {
    const auto problem = build_problem(cohort, zones);
    if (!problem) return tl::unexpected(problem.error());
    std::optional<UserId> wanted;
    if (person) {
        const auto found = find_person(cohort, *person);
        if (!found) return tl::unexpected(found.error());
        wanted = *found;
    }
    const Explainer explainer(cohort, zones, *problem);
    CohortExplanation explanation;
    explanation.cohort = cohort.cohort;
    for (const SignupRow& signup : cohort.signups) {
        const bool asked =
            wanted ? signup.user_id == *wanted
                   : !explainer.grouped(signup.user_id) && !has_completed(cohort, *problem, signup);
        if (asked) explanation.people.push_back(explainer.explain(signup));
    }
    std::sort(explanation.people.begin(), explanation.people.end(), [](const auto& a, const auto& b) {
        return std::tie(a.name, a.user_id) < std::tie(b.name, b.user_id);
    });
    if (!wanted) explanation.cures = ranked_cures(*problem);
    explanation.warnings = problem->warnings;
    return explanation;
}

}  // namespace convene
