#include "core/explain/leaders.h"

#include <algorithm>

#include "core/model/person_label.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

Leaders::Leaders(const Problem& problem, const Plan& plan, const StartTable& starts)
    : problem_(problem),
      starts_(starts),
      led_(problem.people().size()),
      led_elsewhere_(problem.people().size()),
      diary_(problem.people().size()),
      able_(at(starts.size())) {
    const Minutes length(problem.schedule().meeting_minutes);
    for (const PlannedGroup& group : plan.groups) {
        const int person = problem.index_of(group.facilitator);
        if (person < 0) continue;
        ++led_[at(person)];
        for (const Instant meeting : group.meetings)
            diary_[at(person)].push_back({meeting, meeting + length, "leads " + group.name});
    }
    for (const OutsideLoad& load : problem.outside_load())
        led_elsewhere_[at(problem.index_of(load.person))] += load.groups;
    for (const Booking& booking : problem.bookings()) {
        diary_[at(problem.index_of(booking.person))].push_back(
            {booking.start, booking.start + Minutes(booking.minutes), "has a meeting outside this cohort"});
    }
    for (const int facilitator : problem.facilitators())
        for (const int option : starts.options_of(facilitator))
            if (anchor_allows(facilitator, option)) able_[at(option)].push_back(facilitator);
}

bool Leaders::anchor_allows(int facilitator, int option) const {
    const auto& names = starts_[option].names;
    if (problem_.schedule().anchor.kind != Anchor::Kind::facilitator) return !names.empty();
    const std::string& zone = problem_.people()[at(facilitator)].zone->name();
    return std::any_of(names.begin(), names.end(),
                       [&](const auto& name) { return name.anchor->name() == zone; });
}

const Leaders::Meeting* Leaders::clash(int facilitator, int option) const {
    const Minutes length(problem_.schedule().meeting_minutes);
    const Minutes buffer(problem_.rules().facilitator_buffer_minutes);
    for (const Meeting& other : diary_[at(facilitator)])
        for (const Instant start : starts_[option].meetings)
            if (start < other.end + buffer && other.start < start + length + buffer) return &other;
    return nullptr;
}

Readiness Leaders::readiness_with_more_hours(int facilitator, int option) const {
    if (!anchor_allows(facilitator, option)) return Readiness::cannot_attend;
    if (clash(facilitator, option) != nullptr) return Readiness::busy;
    return led(facilitator) < problem_.capacity(facilitator) ? Readiness::free : Readiness::full;
}

Readiness Leaders::readiness(int facilitator, int option) const {
    if (!starts_.attends(facilitator, option)) return Readiness::cannot_attend;
    return readiness_with_more_hours(facilitator, option);
}

bool Leaders::any_free(int option) const {
    return std::any_of(able(option).begin(), able(option).end(),
                       [&](int f) { return readiness(f, option) == Readiness::free; });
}

std::string Leaders::obstacle(int facilitator, int option) const {
    const Person& person = problem_.people()[at(facilitator)];
    const std::string who = label_of(person);
    if (const Meeting* other = clash(facilitator, option)) return who + " " + other->what + " at that time";
    if (person.max_groups == 0) return who + " is on leave";
    const int elsewhere = led_elsewhere(facilitator);
    return who + " already leads " + std::to_string(led(facilitator) + elsewhere) + " of " +
           std::to_string(person.max_groups) + (person.max_groups == 1 ? " group" : " groups") +
           (elsewhere > 0 ? " (" + std::to_string(elsewhere) + " in other cohorts)" : "");
}

void Leaders::add_group(int facilitator, int option) {
    ++led_[at(facilitator)];
    const Minutes length(problem_.schedule().meeting_minutes);
    for (const Instant meeting : starts_[option].meetings)
        diary_[at(facilitator)].push_back({meeting, meeting + length, "leads the added group"});
}

}  // namespace convene
