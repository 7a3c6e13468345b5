#include "tests/support/plan_builder.h"

#include <algorithm>
#include <regex>
#include <set>

#include "core/time/attendance.h"
#include "core/time/meeting_series.h"
#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

bool free_for(const Problem& problem, const Person& person, const WeeklySet& hours,
              const std::vector<Instant>& meetings) {
    const std::size_t judged = problem.rules().fit == Fit::first_meeting ? 1 : meetings.size();
    for (std::size_t k = 0; k < judged; ++k)
        if (!is_free(person.clock(), hours, meetings[k], problem.schedule().meeting_minutes)) return false;
    return true;
}

bool relies_on_if_needed(const Problem& problem, const std::string& id,
                         const std::vector<Instant>& meetings) {
    const int index = problem.index_of(id);
    if (index < 0 || !problem.rules().use_if_needed) return false;
    const Person& person = problem.people()[static_cast<std::size_t>(index)];
    return !free_for(problem, person, person.available, meetings) &&
           free_for(problem, person, person.available.united_with(person.if_needed), meetings);
}

}  // namespace

std::string ids_only(const std::string& message) {
    static const std::regex kNamed(R"((Participant|Facilitator) (\w+) \(\2\))");
    return std::regex_replace(message, kNamed, "$2");
}

PlanBuilder& PlanBuilder::group(std::string name, std::string_view start, std::string facilitator,
                                std::vector<std::string> participants) {
    return group(std::move(name), start, std::move(facilitator), std::move(participants), utc_zone());
}

PlanBuilder& PlanBuilder::group(std::string name, std::string_view start, std::string facilitator,
                                std::vector<std::string> participants, const ZonePtr& anchor) {
    PlannedGroup group;
    group.name = std::move(name);
    group.anchor = anchor->name();
    group.start = weekly_start(start);
    const Schedule& schedule = problem_.schedule();
    group.meetings =
        meeting_instants(*anchor, group.start, schedule.start_date, schedule.number_of_group_meetings);
    for (const FixedGroup& fixed : problem_.fixed_groups())
        if (fixed.name == group.name && !fixed.meetings.empty()) group.meetings = fixed.meetings;
    group.facilitator = std::move(facilitator);
    group.participants = std::move(participants);
    std::sort(group.participants.begin(), group.participants.end());
    std::vector<std::string> members = group.participants;
    members.push_back(group.facilitator);
    std::sort(members.begin(), members.end());
    for (const std::string& id : members)
        if (relies_on_if_needed(problem_, id, group.meetings)) group.if_needed.push_back(id);
    groups_.push_back(std::move(group));
    return *this;
}

Plan PlanBuilder::build() const {
    Plan plan;
    plan.status = PlanStatus::optimal;
    plan.groups = groups_;
    std::set<std::string> seated;
    for (const PlannedGroup& group : groups_) {
        seated.insert(group.participants.begin(), group.participants.end());
        plan.objective.if_needed += static_cast<int>(group.if_needed.size());
    }
    for (const int index : problem_.participants()) {
        const std::string& id = problem_.people()[static_cast<std::size_t>(index)].id;
        if (seated.contains(id))
            ++plan.objective.placed;
        else
            plan.unplaced.push_back({id, UnplacedReason::outcompeted, "", std::nullopt});
    }
    plan.bound = plan.objective;
    return plan;
}

}  // namespace convene::test
