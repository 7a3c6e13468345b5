#include "app/partial_problem.h"

#include <algorithm>

namespace convene {
namespace {

bool holds(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool sits_in(const PlannedGroup& group, const std::string& id) {
    return group.facilitator == id || holds(group.participants, id);
}

}  // namespace

PartialProblem partial_problem(const BoardState& state, std::set<std::size_t> groups,
                               const std::set<std::string>& people) {
    const Problem& whole = state.problem.problem;
    std::set<std::string> ids = people;
    ProblemInput input{whole.schedule(), whole.rules(), {}, {}, {}, {}, {}, {}, whole.standing_groups()};
    for (const auto& set : whole.together()) {
        const bool concerned =
            std::any_of(set.begin(), set.end(), [&](const std::string& id) { return people.contains(id); });
        if (!concerned) continue;
        input.together.push_back(set);
        ids.insert(set.begin(), set.end());
        for (std::size_t i = 0; i < state.plan.groups.size(); ++i) {
            const PlannedGroup& group = state.plan.groups[i];
            if (std::any_of(set.begin(), set.end(),
                            [&](const std::string& id) { return sits_in(group, id); }))
                groups.insert(i);
        }
    }
    Plan plan;
    for (const std::size_t i : groups) {
        const PlannedGroup& group = state.plan.groups[i];
        plan.groups.push_back(group);
        ids.insert(group.participants.begin(), group.participants.end());
        if (!group.facilitator.empty()) ids.insert(group.facilitator);
    }
    // R1 asks whether the cohort has facilitators at all.
    if (whole.facilitated())
        ids.insert(whole.people()[static_cast<std::size_t>(whole.facilitators().front())].id);
    for (const std::string& id : ids) {
        const int index = whole.index_of(id);
        if (index >= 0) input.people.push_back(whole.people()[static_cast<std::size_t>(index)]);
    }
    for (const auto& set : whole.apart()) {
        std::vector<std::string> present;
        std::copy_if(set.begin(), set.end(), std::back_inserter(present),
                     [&](const std::string& id) { return ids.contains(id); });
        if (present.size() > 1) input.apart.push_back(std::move(present));
    }
    for (const Booking& booking : whole.bookings())
        if (ids.contains(booking.person)) input.bookings.push_back(booking);
    for (const OutsideLoad& load : whole.outside_load())
        if (ids.contains(load.person)) input.outside_load.push_back(load);
    for (const UnplacedPerson& person : state.plan.unplaced)
        if (ids.contains(person.person)) plan.unplaced.push_back(person);
    // People of the whole problem who sit in groups left out are not in this one, or they would seem lost.
    return {Problem::build(std::move(input)).value(), std::move(plan)};
}

}  // namespace convene
