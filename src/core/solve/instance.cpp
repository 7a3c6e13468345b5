#include "core/solve/instance.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "core/solve/attendance_map.h"
#include "core/solve/coarse_grid.h"
#include "core/solve/slots.h"
#include "core/solve/units.h"
#include "core/time/meeting_series.h"

namespace convene {
namespace {

class Compiler {
public:
    explicit Compiler(const Problem& problem) : problem_(problem), map_(problem) {}

    Instance run() {
        const Rules& rules = problem_.rules();
        const int counted = rules.count_facilitator && problem_.facilitated() ? 1 : 0;
        instance_.problem = &problem_;
        instance_.self_led = !problem_.facilitated();
        instance_.least = std::max(1, rules.min_size - counted);
        instance_.most = rules.max_size - counted;
        if (instance_.most >= 1) instance_.slots = list_slots(problem_);
        for (const Slot& slot : instance_.slots) map_.add(slot.meetings);
        add_fixed_groups();
        add_leaders();
        add_units();
        coarsen(instance_);
        drop_useless_slots();
        for (Leader& leader : instance_.leaders) list_cliques(leader);
        return std::move(instance_);
    }

private:
    [[nodiscard]] const Person& person(int index) const {
        return problem_.people()[static_cast<std::size_t>(index)];
    }
    Slot& slot(int index) { return instance_.slots[static_cast<std::size_t>(index)]; }

    void add_fixed_groups() {
        new_slots_ = static_cast<int>(instance_.slots.size());
        const Schedule& schedule = problem_.schedule();
        for (std::size_t g = 0; g < problem_.fixed_groups().size(); ++g) {
            const FixedGroup& group = problem_.fixed_groups()[g];
            Slot slot;
            slot.meetings = group.meetings.empty()
                                ? meeting_instants(*group.anchor, group.start, schedule.start_date,
                                                   schedule.number_of_group_meetings)
                                : group.meetings;
            slot.labels = {{group.anchor, group.start}};
            slot.fixed = static_cast<int>(g);
            const int counted = problem_.rules().count_facilitator && !group.facilitator.empty() ? 1 : 0;
            slot.seats = std::max(
                0, problem_.rules().max_size - counted - static_cast<int>(group.participants.size()));
            const int series = map_.add(slot.meetings);
            std::set<int> members;
            for (const std::string& id : group.participants) {
                const int member = problem_.index_of(id);
                members.insert(member);
                if (person(member).role == Role::participant) ++instance_.placed_before;
            }
            if (!group.facilitator.empty()) members.insert(problem_.index_of(group.facilitator));
            for (const int member : members)
                if (map_.presence(person(member), series) == Presence::if_needed)
                    ++instance_.if_needed_before;
            instance_.slots.push_back(std::move(slot));
        }
    }

    /// R5 and R6 against what is there already.
    void add_leaders() {
        std::map<int, std::vector<const Slot*>> leads;
        for (const Slot& slot : instance_.slots) {
            if (slot.fixed < 0) continue;
            const auto& id = problem_.fixed_groups()[static_cast<std::size_t>(slot.fixed)].facilitator;
            if (!id.empty()) leads[problem_.index_of(id)].push_back(&slot);
        }
        std::map<int, std::vector<const Booking*>> bookings;
        for (const Booking& booking : problem_.bookings())
            bookings[problem_.index_of(booking.person)].push_back(&booking);

        const bool own_zone = problem_.schedule().anchor.kind == Anchor::Kind::facilitator;
        for (const int index : problem_.facilitators()) {
            Leader leader;
            leader.person = index;
            leader.capacity = problem_.capacity(index) - static_cast<int>(leads[index].size());
            if (leader.capacity <= 0) continue;
            const std::vector<Presence> presences = map_.presences(person(index));
            for (int s = 0; s < new_slots_; ++s) {
                const Presence presence = presences[static_cast<std::size_t>(s)];
                if (presence == Presence::absent) continue;
                if (own_zone && !instance_.opens(index, slot(s))) continue;
                if (busy(slot(s), leads[index], bookings[index])) continue;
                leader.attends.push_back({s, presence == Presence::if_needed ? 1 : 0});
            }
            if (!leader.attends.empty()) instance_.leaders.push_back(std::move(leader));
        }
        std::sort(instance_.leaders.begin(), instance_.leaders.end(), [](const Leader& a, const Leader& b) {
            return std::tie(a.attends, a.capacity, a.person) < std::tie(b.attends, b.capacity, b.person);
        });
    }

    bool busy(const Slot& slot, const std::vector<const Slot*>& leads,
              const std::vector<const Booking*>& bookings) const {
        const int minutes = problem_.schedule().meeting_minutes;
        const int buffer = problem_.rules().facilitator_buffer_minutes;
        const auto clashes = [&](std::span<const Instant> other, int other_minutes) {
            return clash(slot.meetings, minutes, other, other_minutes, buffer);
        };
        return std::any_of(leads.begin(), leads.end(),
                           [&](const Slot* led) { return clashes(led->meetings, minutes); }) ||
               std::any_of(bookings.begin(), bookings.end(), [&](const Booking* booking) {
                   return clashes({&booking->start, 1}, booking->minutes);
               });
    }

    void add_units() {
        std::map<int, int> leader_of;  // by person
        std::vector<std::vector<char>> leads(instance_.leaders.size());
        for (std::size_t l = 0; l < instance_.leaders.size(); ++l) {
            leader_of[instance_.leaders[l].person] = static_cast<int>(l);
            leads[l].assign(static_cast<std::size_t>(new_slots_), 0);
            for (const Attend& attend : instance_.leaders[l].attends)
                leads[l][static_cast<std::size_t>(attend.slot)] = 1;
        }
        const Company company = join_units(problem_);
        instance_.apart_sets = company.apart_sets;
        for (const Fellowship& bond : company.bonds) {
            Unit unit;
            unit.members = bond.members;
            unit.apart_sets = bond.apart_sets;
            const auto required = leader_of.find(bond.leader);
            if (required != leader_of.end()) unit.leader = required->second;
            for (const int someone : bond.not_led_by)
                if (const auto found = leader_of.find(someone); found != leader_of.end())
                    unit.not_led_by.push_back(found->second);
            std::sort(unit.not_led_by.begin(), unit.not_led_by.end());
            const bool new_groups =
                bond.home < 0 && (bond.leader < 0 || unit.leader >= 0) && unit.size() <= instance_.most;
            std::vector<int> costs = costs_of(bond.members);
            for (int s = 0; s < static_cast<int>(instance_.slots.size()); ++s) {
                if (costs[static_cast<std::size_t>(s)] < 0) continue;
                const bool allowed =
                    slot(s).fixed >= 0
                        ? unit.size() <= slot(s).seats && may_join(bond, slot(s).fixed)
                        : new_groups &&
                              (unit.leader < 0 ||
                               leads[static_cast<std::size_t>(unit.leader)][static_cast<std::size_t>(s)]);
                if (allowed) unit.attends.push_back({s, costs[static_cast<std::size_t>(s)]});
            }
            unit.special =
                unit.size() > 1 || unit.leader >= 0 || !unit.not_led_by.empty() || !unit.apart_sets.empty();
            if (!unit.attends.empty()) instance_.units.push_back(std::move(unit));
        }
        std::sort(instance_.units.begin(), instance_.units.end(), [](const Unit& a, const Unit& b) {
            return std::tie(a.attends, a.members) < std::tie(b.attends, b.members);
        });
    }

    /// By slot: how many of these people need if-needed time there, -1 when one of them cannot come.
    std::vector<int> costs_of(const std::vector<int>& members) {
        std::vector<int> costs(instance_.slots.size(), 0);
        for (const int member : members) {
            const std::vector<Presence> presences = map_.presences(person(member));
            for (std::size_t s = 0; s < costs.size(); ++s) {
                if (presences[s] == Presence::absent)
                    costs[s] = -1;
                else if (costs[s] >= 0 && presences[s] == Presence::if_needed)
                    ++costs[s];
            }
        }
        return costs;
    }

    /// R7 and R8 towards those who sit in a fixed group already.
    static bool may_join(const Fellowship& bond, int fixed) {
        if (bond.home >= 0 && bond.home != fixed) return false;
        return !std::binary_search(bond.barred.begin(), bond.barred.end(), fixed) &&
               (!bond.leader_bound || std::binary_search(bond.led.begin(), bond.led.end(), fixed));
    }

    void drop_useless_slots() {
        std::vector<int> people(instance_.slots.size(), 0);
        std::vector<char> useful(instance_.slots.size(), instance_.self_led ? 1 : 0);
        for (const Unit& unit : instance_.units)
            for (const Attend& attend : unit.attends)
                people[static_cast<std::size_t>(attend.slot)] += unit.size();
        for (const Leader& leader : instance_.leaders)
            for (const Attend& attend : leader.attends) useful[static_cast<std::size_t>(attend.slot)] = 1;
        std::vector<int> number(instance_.slots.size(), -1);
        std::vector<Slot> kept;
        for (std::size_t s = 0; s < instance_.slots.size(); ++s) {
            const bool fixed = instance_.slots[s].fixed >= 0;
            if (people[s] == 0 || (!fixed && (!useful[s] || people[s] < instance_.least))) continue;
            number[s] = static_cast<int>(kept.size());
            kept.push_back(std::move(instance_.slots[s]));
        }
        instance_.slots = std::move(kept);
        const auto renumber = [&number](std::vector<Attend>& attends) {
            std::erase_if(attends, [&](Attend a) { return number[static_cast<std::size_t>(a.slot)] < 0; });
            for (Attend& attend : attends) attend.slot = number[static_cast<std::size_t>(attend.slot)];
        };
        for (Unit& unit : instance_.units) renumber(unit.attends);
        for (Leader& leader : instance_.leaders) renumber(leader.attends);
        std::erase_if(instance_.units, [](const Unit& unit) { return unit.attends.empty(); });
        // Leaders keep their numbers, which units refer to; one without slots does no harm.
    }

    /// Meetings that start within one meeting's length and buffer of each other exclude each other:
    /// for each moment, those that would keep the leader busy then.
    void list_cliques(Leader& leader) {
        if (leader.capacity == 1) return;
        const Minutes blocked(problem_.schedule().meeting_minutes +
                              problem_.rules().facilitator_buffer_minutes);
        std::vector<std::pair<Instant, int>> starts;
        for (std::size_t i = 0; i < leader.attends.size(); ++i)
            for (const Instant meeting : slot(leader.attends[i].slot).meetings)
                starts.emplace_back(meeting, static_cast<int>(i));
        std::sort(starts.begin(), starts.end());
        std::set<std::vector<int>> found;
        for (std::size_t from = 0, to = 0; to < starts.size(); ++to) {
            while (starts[from].first + blocked <= starts[to].first) ++from;
            const bool more_follows =
                to + 1 < starts.size() && starts[from].first + blocked > starts[to + 1].first;
            if (more_follows || from == to) continue;
            std::vector<int> clique;
            for (std::size_t k = from; k <= to; ++k) clique.push_back(starts[k].second);
            std::sort(clique.begin(), clique.end());
            clique.erase(std::unique(clique.begin(), clique.end()), clique.end());
            if (clique.size() > 1) found.insert(std::move(clique));
        }
        leader.cliques.assign(found.begin(), found.end());
    }

    const Problem& problem_;
    AttendanceMap map_;
    Instance instance_;
    int new_slots_ = 0;
};

}  // namespace

bool Instance::opens(int person, const Slot& slot) const {
    const std::string& home = problem->people()[static_cast<std::size_t>(person)].zone->name();
    return std::any_of(slot.labels.begin(), slot.labels.end(),
                       [&](const SlotLabel& label) { return label.zone->name() == home; });
}

Instance compile(const Problem& problem) {
    return Compiler(problem).run();
}

}  // namespace convene
