#include "app/move_verdicts.h"

#include <algorithm>

#include "app/apply_changes.h"
#include "app/current_plan.h"
#include "app/judge_edit.h"
#include "app/membership_edits.h"
#include "app/partial_problem.h"
#include "app/queries/people.h"
#include "core/rules/judged_plan.h"

namespace convene {
namespace {

Score changed(Score whole, const Score& part_before, const Score& part_after) {
    whole.placed += part_after.placed - part_before.placed;
    whole.if_needed += part_after.if_needed - part_before.if_needed;
    whole.size_distance += part_after.size_distance - part_before.size_distance;
    return whole;
}

PlannedGroup* group_named(Plan& plan, const std::string& name) {
    const auto found = std::find_if(plan.groups.begin(), plan.groups.end(),
                                    [&](const PlannedGroup& group) { return group.name == name; });
    return found == plan.groups.end() ? nullptr : &*found;
}

bool relies_on_if_needed(const Problem& problem, const Plan& plan, const std::string& group_name,
                         const std::string& id) {
    const JudgedPlan judged(problem, plan);
    const int person = problem.index_of(id);
    for (const JudgedGroup& group : judged.groups()) {
        if (group.planned->name == group_name && person >= 0)
            return judged.attendance(group, person) == Attendance::if_needed;
    }
    return false;
}

class Verdicts {
public:
    Verdicts(const BoardState& state, const SignupRow& signup, const ZoneTable& zones, Instant now)
        : state_(state),
          signup_(signup),
          zones_(zones),
          now_(now),
          id_(state.problem.id_of.at(signup.user_id)) {
        for (std::size_t i = 0; i < state.plan.groups.size(); ++i) {
            const PlannedGroup& group = state.plan.groups[i];
            position_[state.problem.group_named.at(group.name)] = i;
            if (sits_in(group)) places_.insert(i);
        }
        score_ = score_of(state.problem.problem, state.plan);
    }

    [[nodiscard]] const Score& score() const noexcept { return score_; }

    [[nodiscard]] MoveVerdict judge(const GroupRow& group) const {
        const auto position = position_.find(group.group_id);
        // Groups whose time cannot be read, and groups that follow their facilitator's clock and would move.
        const bool unusual =
            position == position_.end() || (leads() && state_.cohort.cohort.settings.anchor == "facilitator");
        return unusual ? judge_in_full(group) : judge_in_part(group, position->second);
    }

private:
    [[nodiscard]] bool leads() const noexcept { return signup_.role == Role::facilitator; }

    [[nodiscard]] bool sits_in(const PlannedGroup& group) const {
        return group.facilitator == id_ || std::find(group.participants.begin(), group.participants.end(),
                                                     id_) != group.participants.end();
    }

    [[nodiscard]] MoveVerdict judge_in_part(const GroupRow& row, std::size_t target) const {
        const std::string& name = state_.plan.groups[target].name;
        const std::string displaced = leads() ? state_.plan.groups[target].facilitator : "";
        std::set<std::size_t> concerned = places_;
        concerned.insert(target);
        for (std::size_t i = 0; i < state_.plan.groups.size(); ++i)
            if (!displaced.empty() && state_.plan.groups[i].facilitator == displaced) concerned.insert(i);
        const PartialProblem part = partial_problem(state_, std::move(concerned), {id_});
        MoveVerdict verdict;
        verdict.group_id = row.group_id;
        verdict.here = sits_in(state_.plan.groups[target]);
        Plan after = part.plan;
        if (!verdict.here) {
            change(after, *group_named(after, name));
            verdict.violations = pin_violations(state_.cohort, changes_to(row));
            for (Violation& violation :
                 new_violations(judgement_of({part.problem, part.plan}), {part.problem, after}))
                verdict.violations.push_back(std::move(violation));
        }
        verdict.size = counted_size(*group_named(after, name), part.problem.rules());
        verdict.if_needed = relies_on_if_needed(part.problem, after, name, id_);
        verdict.after = changed(score_, score_of(part.problem, part.plan), score_of(part.problem, after));
        return verdict;
    }

    void change(Plan& plan, PlannedGroup& target) const {
        if (leads()) {
            target.facilitator = id_;
            return;
        }
        for (PlannedGroup& group : plan.groups) std::erase(group.participants, id_);
        target.participants.insert(
            std::lower_bound(target.participants.begin(), target.participants.end(), id_), id_);
        std::erase_if(plan.unplaced, [&](const UnplacedPerson& person) { return person.person == id_; });
    }

    /// Who leaves which place, as far as pins ask.
    [[nodiscard]] CohortChanges changes_to(const GroupRow& target) const {
        CohortChanges changes;
        const UserId user = signup_.user_id;
        if (leads()) {
            for (const MembershipRow& member : target.members) {
                if (member.role == Role::facilitator && member.status == MembershipStatus::active)
                    changes.members.push_back(
                        {target.group_id, member.user_id, member.role, MembershipStatus::removed});
            }
            return changes;
        }
        for (const std::size_t place : places_) {
            const GroupId group = state_.problem.group_named.at(state_.plan.groups[place].name);
            changes.members.push_back({group, user, Role::participant, MembershipStatus::removed});
        }
        return changes;
    }

    /// By the same functions as an edit itself.
    [[nodiscard]] MoveVerdict judge_in_full(const GroupRow& row) const {
        MoveVerdict verdict;
        verdict.group_id = row.group_id;
        verdict.after = score_;
        const auto draft =
            leads() ? draft_lead(state_.cohort, signup_.user_id, row, zones_, now_)
                    : draft_move(state_.cohort, signup_.user_id, row, zones_, now_).value_or(EditDraft{});
        verdict.here = draft.changes.empty();
        CohortSnapshot after = state_.cohort;
        apply_changes(draft.changes, after);
        for (const MembershipRow& member : group_of(after, row.group_id)->members) {
            if (member.status == MembershipStatus::active && member.role == Role::participant) ++verdict.size;
        }
        if (verdict.here) return verdict;
        if (auto found = new_violations(state_.cohort, draft.changes, zones_)) verdict.violations = *found;
        if (const auto problem = build_problem(after, zones_, {}, KeepGroups::none)) {
            const Plan plan = current_plan(*problem);
            verdict.after = score_of(problem->problem, plan);
            const auto name = problem->groups.find(row.group_id);
            if (name != problem->groups.end())
                verdict.if_needed = relies_on_if_needed(problem->problem, plan, name->second.name, id_);
        }
        return verdict;
    }

    const BoardState& state_;
    const SignupRow& signup_;
    const ZoneTable& zones_;
    Instant now_;
    const std::string& id_;
    Score score_;
    std::map<GroupId, std::size_t> position_;  ///< in the plan
    std::set<std::size_t> places_;             ///< where they are, likewise
};

}  // namespace

std::optional<MoveVerdicts> move_verdicts(const BoardState& state, UserId user, const ZoneTable& zones,
                                          Instant now) {
    const SignupRow* signup = signup_of(state.cohort, user);
    if (signup == nullptr || !state.problem.id_of.contains(user)) return std::nullopt;
    const Verdicts judge(state, *signup, zones, now);
    MoveVerdicts verdicts{user, signup->role, judge.score(), {}};
    for (const GroupRow& group : state.cohort.groups)
        if (is_running(group)) verdicts.groups.push_back(judge.judge(group));
    return verdicts;
}

}  // namespace convene
