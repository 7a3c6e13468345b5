#include "core/solve/polish/shared_starts.h"

#include <bit>

#include "core/solve/slots.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

void set(Starts& starts, std::size_t i) {
    starts[i / 64] |= std::uint64_t{1} << (i % 64);
}

void clear(Starts& starts, std::size_t i) {
    starts[i / 64] &= ~(std::uint64_t{1} << (i % 64));
}

}  // namespace

void intersect(Starts& a, const Starts& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] &= b[i];
}

int count_common(const Starts& a, const Starts& b) {
    int sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += std::popcount(a[i] & b[i]);
    return sum;
}

SharedStarts::SharedStarts(const Instance& instance) : in_(instance), map_(*instance.problem) {
    list_series();
    list_people();
    list_fixed_slots();
}

void SharedStarts::list_series() {
    const Problem& problem = *in_.problem;
    const Schedule& schedule = problem.schedule();
    std::map<std::string, ZonePtr> zones;
    for (const ZonePtr& zone : anchor_zones(problem)) zones.emplace(zone->name(), zone);
    for (const FixedGroup& group : in_.standing) zones.emplace(group.anchor->name(), group.anchor);
    std::map<std::vector<Instant>, int> known;
    for (const auto& [name, zone] : zones) {
        for (int minute = 0; minute < kMinutesPerWeek; minute += problem.rules().start_step_minutes) {
            std::vector<Instant> meetings = meeting_instants(*zone, WeeklyStart{minute}, schedule.start_date,
                                                             schedule.number_of_group_meetings);
            const auto [entry, added] = known.try_emplace(std::move(meetings), 0);
            if (added) entry->second = map_.add(entry->first);
            numbers_[name].push_back(entry->second);
        }
    }
    series_ = known.size();
    everything_.assign((series_ + 63) / 64, ~std::uint64_t{0});
    for (const auto& [name, list] : numbers_) {
        Starts starts(everything_.size(), 0);
        for (const int number : list) set(starts, at(number));
        named_in_.emplace(name, std::move(starts));
    }
}

Starts SharedStarts::starts_of(int person) const {
    Starts starts(everything_.size(), 0);
    const auto presences = map_.presences(in_.problem->people()[at(person)]);
    for (std::size_t i = 0; i < series_; ++i)
        if (presences[i] != Presence::absent) set(starts, i);
    return starts;
}

void SharedStarts::list_people() {
    for (const Unit& unit : in_.units) {
        Starts starts = starts_of(unit.members.front());
        for (std::size_t m = 1; m < unit.members.size(); ++m) intersect(starts, starts_of(unit.members[m]));
        units_.push_back(std::move(starts));
    }
    for (const Leader& leader : in_.leaders) leaders_.push_back(starts_of(leader.person));
}

void SharedStarts::list_fixed_slots() {
    const Problem& problem = *in_.problem;
    slots_.assign(in_.slots.size(), everything_);
    for (std::size_t s = 0; s < in_.slots.size(); ++s) {
        if (in_.slots[s].fixed < 0) continue;
        const FixedGroup& group = in_.standing[at(in_.slots[s].fixed)];
        for (const std::string& id : group.participants)
            intersect(slots_[s], starts_of(problem.index_of(id)));
        if (!group.facilitator.empty()) intersect(slots_[s], starts_of(problem.index_of(group.facilitator)));
        // Its own start is no spare one, whether or not all could come by the weekly rule.
        const int step = problem.rules().start_step_minutes;
        const int minute = group.start.minute_of_week;
        if (minute % step == 0)
            clear(slots_[s], at(numbers_.find(group.anchor->name())->second[at(minute / step)]));
    }
}

int SharedStarts::spare(int slot, int leader, const std::vector<int>& units, const Starts& shared) const {
    return count_common(shared, named_in_.find(label_of(in_, slot, leader, units).zone->name())->second);
}

}  // namespace convene
