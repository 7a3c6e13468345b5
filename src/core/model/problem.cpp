#include "core/model/problem.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/model/problem_faults.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

/// The same problem whatever the order in which its source listed things.
void put_in_order(ProblemInput& input) {
    const auto by_id = [](const Person& a, const Person& b) { return a.id < b.id; };
    std::sort(input.people.begin(), input.people.end(), by_id);
    for (auto* sets : {&input.together, &input.apart}) {
        for (auto& ids : *sets) std::sort(ids.begin(), ids.end());
        std::sort(sets->begin(), sets->end());
    }
    for (FixedGroup& group : input.fixed_groups) {
        std::sort(group.participants.begin(), group.participants.end());
    }
    std::sort(input.fixed_groups.begin(), input.fixed_groups.end(),
              [](const FixedGroup& a, const FixedGroup& b) { return a.name < b.name; });
    std::sort(input.bookings.begin(), input.bookings.end(), [](const Booking& a, const Booking& b) {
        return std::tie(a.person, a.start, a.minutes) < std::tie(b.person, b.start, b.minutes);
    });
    std::sort(input.outside_load.begin(), input.outside_load.end(),
              [](const OutsideLoad& a, const OutsideLoad& b) {
                  return std::tie(a.person, a.groups) < std::tie(b.person, b.groups);
              });
}

}  // namespace

tl::expected<Problem, InputFaults> Problem::build(ProblemInput input) {
    InputFaults faults = find_faults(input);
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return Problem(std::move(input));
}

Problem::Problem(ProblemInput input) : input_(std::move(input)) {
    put_in_order(input_);
    std::map<std::string_view, int> led_elsewhere;
    for (const OutsideLoad& load : input_.outside_load) {
        int& led = led_elsewhere[load.person];
        led = std::min(led + load.groups, kMostGroupsLed);
    }
    capacity_.assign(input_.people.size(), 0);
    for (std::size_t i = 0; i < input_.people.size(); ++i) {
        const Person& person = input_.people[i];
        if (person.role == Role::participant) {
            participants_.push_back(static_cast<int>(i));
            continue;
        }
        facilitators_.push_back(static_cast<int>(i));
        const auto load = led_elsewhere.find(person.id);
        const int led = load == led_elsewhere.end() ? 0 : load->second;
        capacity_[i] = std::max(0, person.max_groups - led);
    }
}

int Problem::index_of(std::string_view id) const noexcept {
    const auto& people = input_.people;
    const auto found =
        std::lower_bound(people.begin(), people.end(), id,
                         [](const Person& p, std::string_view wanted) { return p.id < wanted; });
    if (found == people.end() || found->id != id) return -1;
    return static_cast<int>(found - people.begin());
}

std::vector<Instant> meetings_of(const Schedule& schedule, const FixedGroup& group) {
    if (!group.meetings.empty()) return group.meetings;
    return meeting_instants(*group.anchor, group.start, schedule.start_date,
                            schedule.number_of_group_meetings);
}

}  // namespace convene
