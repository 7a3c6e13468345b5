#include "core/solve/slots.h"

#include <algorithm>
#include <map>
#include <string>

#include "core/time/meeting_series.h"

namespace convene {

std::vector<ZonePtr> anchor_zones(const Problem& problem) {
    const Anchor& anchor = problem.schedule().anchor;
    if (anchor.kind == Anchor::Kind::utc) return {utc_zone()};
    if (anchor.kind == Anchor::Kind::zone) return {anchor.zone};
    if (anchor.kind == Anchor::Kind::facilitator && !problem.facilitated()) return {utc_zone()};
    std::map<std::string, ZonePtr> by_name;
    for (const Person& person : problem.people()) {
        const bool may_name = anchor.kind == Anchor::Kind::best || person.role == Role::facilitator;
        if (may_name) by_name.emplace(person.zone->name(), person.zone);
    }
    std::vector<ZonePtr> zones;
    if (anchor.kind == Anchor::Kind::best) {
        zones.push_back(utc_zone());
        by_name.erase(utc_zone()->name());
    }
    for (auto& [name, zone] : by_name) zones.push_back(zone);
    return zones;
}

const SlotLabel& label_of(const Instance& instance, int slot, int leader, const std::vector<int>& units) {
    const Slot& where = instance.slots[static_cast<std::size_t>(slot)];
    const Anchor::Kind kind = instance.problem->schedule().anchor.kind;
    const bool by_member = kind == Anchor::Kind::best && !where.open_to_all;
    const bool by_leader = kind == Anchor::Kind::facilitator && leader >= 0;
    if (where.fixed >= 0 || (!by_member && !by_leader)) return where.labels.front();
    const auto lives_there = [&](int person, const SlotLabel& label) {
        return instance.problem->people()[static_cast<std::size_t>(person)].zone->name() ==
               label.zone->name();
    };
    for (const SlotLabel& label : where.labels)
        if (leader >= 0 && lives_there(instance.leaders[static_cast<std::size_t>(leader)].person, label))
            return label;
    for (const SlotLabel& label : where.labels)
        for (const int unit : units)
            for (const int member : instance.units[static_cast<std::size_t>(unit)].members)
                if (lives_there(member, label)) return label;
    return where.labels.front();
}

std::vector<Slot> list_slots(const Problem& problem) {
    const Schedule& schedule = problem.schedule();
    const bool best = schedule.anchor.kind == Anchor::Kind::best;
    std::map<std::vector<Instant>, Slot> by_meetings;
    for (const ZonePtr& zone : anchor_zones(problem)) {
        for (int minute = 0; minute < kMinutesPerWeek; minute += problem.rules().start_step_minutes) {
            const WeeklyStart start{minute};
            std::vector<Instant> meetings =
                meeting_instants(*zone, start, schedule.start_date, schedule.number_of_group_meetings);
            Slot& slot = by_meetings[meetings];
            if (slot.labels.empty()) {
                slot.meetings = std::move(meetings);
                slot.open_to_all = !best || zone->name() == utc_zone()->name();
            }
            slot.labels.push_back({zone, start});
        }
    }
    std::vector<Slot> slots;
    slots.reserve(by_meetings.size());
    for (auto& [meetings, slot] : by_meetings) slots.push_back(std::move(slot));
    return slots;
}

bool clash(std::span<const Instant> a, int a_minutes, std::span<const Instant> b, int b_minutes,
           int buffer_minutes) {
    const Minutes a_blocks(a_minutes + buffer_minutes);
    const Minutes b_blocks(b_minutes + buffer_minutes);
    std::size_t j = 0;
    for (const Instant start : a) {
        while (j < b.size() && b[j] + b_blocks <= start) ++j;
        if (j < b.size() && b[j] < start + a_blocks) return true;
    }
    return false;
}

}  // namespace convene
