#include "core/solve/polish.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <tuple>

#include "core/solve/attendance_map.h"
#include "core/solve/slots.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// A set of weekly starts.
using Starts = std::vector<std::uint64_t>;

void intersect(Starts& a, const Starts& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] &= b[i];
}
int count(const Starts& starts) {
    int sum = 0;
    for (const std::uint64_t word : starts) sum += std::popcount(word);
    return sum;
}

/// What a change does, in the order of the objectives; less is better.
using Change = std::tuple<int, int, int>;  // if-needed, sizes, spare starts lost
constexpr Change kNone{0, 0, 0};

/// Exchanges looked at before the rest is left as it is: reached with many thousand people only, and
/// counted, not timed, so that the plan does not depend on the machine.
constexpr long kMostExchanges = 5'000'000;

class Polish {
public:
    Polish(const Instance& instance, Solution solution, const std::function<bool()>& should_stop)
        : in_(instance), should_stop_(should_stop), at_slot_(instance.slots.size()) {
        list_starts();
        for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s)
            if (in_.slots[at(s)].fixed >= 0) add_fixed(s);
        for (Solution::Group& group : solution.groups) {
            if (in_.slots[at(group.slot)].fixed >= 0)
                groups_[at(at_slot_[at(group.slot)].front())].units = std::move(group.units);
            else
                add({group.slot, group.leader, std::move(group.units), 0, base_size(group.leader), {}});
        }
        load_.assign(in_.leaders.size(), 0);
        for (Group& group : groups_) {
            group.shared = shared(group, -1);
            if (group.leader >= 0) ++load_[at(group.leader)];
        }
        solution_.placed = solution.placed;
        solution_.if_needed = solution.if_needed;
    }

    Solution run() {
        bool improved = true;
        while (improved && !stopped()) {
            improved = false;
            for (int g = 0; g < static_cast<int>(groups_.size()) && !stopped(); ++g) {
                while (!stopped() && (move_one(g) || swap_one(g) || merge(g) || relead(g))) improved = true;
            }
        }
        for (Group& group : groups_) {
            if (group.units.empty()) continue;
            std::sort(group.units.begin(), group.units.end());
            solution_.groups.push_back({group.slot, group.leader, std::move(group.units)});
        }
        std::sort(solution_.groups.begin(), solution_.groups.end(),
                  [](const Solution::Group& a, const Solution::Group& b) {
                      return std::tie(a.slot, a.leader, a.units) < std::tie(b.slot, b.leader, b.units);
                  });
        return std::move(solution_);
    }

private:
    struct Group {
        int slot = 0;
        int leader = -1;
        std::vector<int> units;
        int seated = 0;  ///< people in units
        int base = 0;    ///< who counts for the size besides them
        Starts shared;   ///< by everybody in it
        bool fixed = false;
    };

    [[nodiscard]] bool stopped() const { return work_left_ <= 0 || (should_stop_ && should_stop_()); }
    [[nodiscard]] int people(int unit) const { return in_.units[at(unit)].size(); }
    [[nodiscard]] int base_size(int leader) const {
        return leader >= 0 && in_.problem->rules().count_facilitator ? 1 : 0;
    }

    void list_starts() {
        AttendanceMap map(*in_.problem);
        std::size_t series = 0;
        for (Slot& slot : list_slots(*in_.problem)) {
            map.add(std::move(slot.meetings));
            ++series;
        }
        const auto starts_of = [&](int person) {
            Starts starts((series + 63) / 64, 0);
            const auto presences = map.presences(in_.problem->people()[at(person)]);
            for (std::size_t i = 0; i < series; ++i)
                if (presences[i] != Presence::absent) starts[i / 64] |= std::uint64_t{1} << (i % 64);
            return starts;
        };
        everything_.assign((series + 63) / 64, ~std::uint64_t{0});
        for (const Unit& unit : in_.units) {
            Starts starts = everything_;
            for (const int member : unit.members) intersect(starts, starts_of(member));
            unit_starts_.push_back(std::move(starts));
        }
        for (const Leader& leader : in_.leaders) leader_starts_.push_back(starts_of(leader.person));
        fixed_starts_.assign(in_.slots.size(), everything_);
        for (std::size_t s = 0; s < in_.slots.size(); ++s) {
            if (in_.slots[s].fixed < 0) continue;
            const FixedGroup& fixed = in_.problem->fixed_groups()[at(in_.slots[s].fixed)];
            for (const std::string& id : fixed.participants)
                intersect(fixed_starts_[s], starts_of(in_.problem->index_of(id)));
            if (!fixed.facilitator.empty())
                intersect(fixed_starts_[s], starts_of(in_.problem->index_of(fixed.facilitator)));
        }
    }

    void add_fixed(int slot) {
        const FixedGroup& fixed = in_.problem->fixed_groups()[at(in_.slots[at(slot)].fixed)];
        const int counted = in_.problem->rules().count_facilitator && !fixed.facilitator.empty() ? 1 : 0;
        add({slot, -1, {}, 0, counted + static_cast<int>(fixed.participants.size()), {}, true});
    }
    void add(Group group) {
        at_slot_[at(group.slot)].push_back(static_cast<int>(groups_.size()));
        groups_.push_back(std::move(group));
    }

    /// Recomputed from the members, one of them left out.
    Starts shared(Group& group, int without) const {
        Starts starts = fixed_starts_[at(group.slot)];
        if (group.leader >= 0) intersect(starts, leader_starts_[at(group.leader)]);
        int seated = 0;
        for (const int unit : group.units) {
            if (unit == without) continue;
            intersect(starts, unit_starts_[at(unit)]);
            seated += people(unit);
        }
        if (without < 0) group.seated = seated;
        return starts;
    }

    /// -1 when the unit cannot be there.
    [[nodiscard]] int cost(int unit, int slot) const { return cost_in(in_.units[at(unit)].attends, slot); }
    static int cost_in(const std::vector<Attend>& attends, int slot) {
        const auto found = std::lower_bound(attends.begin(), attends.end(), slot,
                                            [](Attend a, int wanted) { return a.slot < wanted; });
        return found == attends.end() || found->slot != slot ? -1 : found->cost;
    }

    [[nodiscard]] bool size_allowed(const Group& group, int seated) const {
        if (group.fixed) return seated <= in_.slots[at(group.slot)].seats;
        return seated >= in_.least && seated <= in_.most;
    }
    [[nodiscard]] int unevenness(const Group& group, int seated) const {
        if (group.fixed && group.base + seated == 0) return 0;
        const int off = group.base + seated - in_.problem->rules().target();
        return off * off;
    }

    /// R7, R8 and the anchor, for a group with these units.
    [[nodiscard]] bool company_allowed(const Group& group, int leader, const std::vector<int>& units) const {
        std::vector<int> sets;
        bool open = group.fixed || in_.slots[at(group.slot)].open_to_all ||
                    (leader >= 0 && in_.opens(in_.leaders[at(leader)].person, in_.slots[at(group.slot)]));
        for (const int u : units) {
            const Unit& unit = in_.units[at(u)];
            for (std::size_t m = 0; !open && m < unit.members.size(); ++m)
                open = in_.opens(unit.members[m], in_.slots[at(group.slot)]);
            if (!unit.special) continue;
            if (!group.fixed && unit.leader >= 0 && unit.leader != leader) return false;
            if (!group.fixed && std::binary_search(unit.not_led_by.begin(), unit.not_led_by.end(), leader))
                return false;
            sets.insert(sets.end(), unit.apart_sets.begin(), unit.apart_sets.end());
        }
        std::sort(sets.begin(), sets.end());
        return open && std::adjacent_find(sets.begin(), sets.end()) == sets.end();
    }
    static std::vector<int> exchanged(std::vector<int> units, int out, int in) {
        if (out >= 0) std::erase(units, out);
        if (in >= 0) units.push_back(in);
        return units;
    }

    void put(Group& group, std::vector<int> units) {
        group.units = std::move(units);
        group.shared = shared(group, -1);
    }

    /// Takes `out` of a into b, and `in` (or nobody) back.
    bool exchange(Group& a, int out, Group& b, int in, const Starts& a_without) {
        --work_left_;
        const int there = cost(out, b.slot);
        const int back = in >= 0 ? cost(in, a.slot) : 0;
        if (there < 0 || back < 0) return false;
        const int more = people(out) - (in >= 0 ? people(in) : 0);
        if (!size_allowed(a, a.seated - more) || !size_allowed(b, b.seated + more)) return false;
        const int if_needed = there + back - cost(out, a.slot) - (in >= 0 ? cost(in, b.slot) : 0);
        const int sizes = unevenness(a, a.seated - more) + unevenness(b, b.seated + more) -
                          unevenness(a, a.seated) - unevenness(b, b.seated);
        if (std::tie(if_needed, sizes) > std::tuple(0, 0)) return false;
        int lost = 0;
        if (if_needed == 0 && sizes == 0) {
            Starts a_after = a_without;
            if (in >= 0) intersect(a_after, unit_starts_[at(in)]);
            Starts b_after = in >= 0 ? shared(b, in) : b.shared;
            intersect(b_after, unit_starts_[at(out)]);
            lost = count(a.shared) + count(b.shared) - count(a_after) - count(b_after);
        }
        if (Change{if_needed, sizes, lost} >= kNone) return false;
        std::vector<int> a_units = exchanged(a.units, out, in);
        std::vector<int> b_units = exchanged(b.units, in, out);
        if (!company_allowed(a, a.leader, a_units) || !company_allowed(b, b.leader, b_units)) return false;
        put(a, std::move(a_units));
        put(b, std::move(b_units));
        solution_.if_needed += if_needed;
        return true;
    }

    bool move_one(int g) {
        Group& from = groups_[at(g)];
        for (std::size_t i = 0; i < from.units.size(); ++i) {
            const int unit = from.units[i];
            const Starts without = shared(from, unit);
            for (const Attend& attend : in_.units[at(unit)].attends)
                for (const int other : at_slot_[at(attend.slot)])
                    if (other != g && exchange(from, unit, groups_[at(other)], -1, without)) return true;
        }
        return false;
    }

    bool swap_one(int g) {
        Group& from = groups_[at(g)];
        for (std::size_t i = 0; i < from.units.size(); ++i) {
            const int unit = from.units[i];
            const Starts without = shared(from, unit);
            for (const Attend& attend : in_.units[at(unit)].attends)
                for (const int other : at_slot_[at(attend.slot)]) {
                    if (other == g) continue;
                    Group& to = groups_[at(other)];
                    for (std::size_t k = 0; k < to.units.size(); ++k)
                        if (exchange(from, unit, to, to.units[k], without)) return true;
                }
        }
        return false;
    }

    /// Closes the group, its people joining another one.
    bool merge(int g) {
        Group& from = groups_[at(g)];
        if (from.fixed || from.units.empty()) return false;
        for (const Attend& attend : in_.units[at(from.units.front())].attends) {
            for (const int other : at_slot_[at(attend.slot)]) {
                if (other == g) continue;
                Group& to = groups_[at(other)];
                const int seated = to.seated + from.seated;
                if (!size_allowed(to, seated)) continue;
                int if_needed =
                    from.leader >= 0 ? -cost_in(in_.leaders[at(from.leader)].attends, from.slot) : 0;
                bool all = true;
                for (const int unit : from.units) {
                    const int there = cost(unit, to.slot);
                    all = all && there >= 0;
                    if_needed += there - cost(unit, from.slot);
                }
                const int sizes =
                    unevenness(to, seated) - unevenness(to, to.seated) - unevenness(from, from.seated);
                if (!all || std::tie(if_needed, sizes) >= std::tuple(0, 0)) continue;
                std::vector<int> units = to.units;
                units.insert(units.end(), from.units.begin(), from.units.end());
                if (!company_allowed(to, to.leader, units)) continue;
                put(to, std::move(units));
                if (from.leader >= 0) --load_[at(from.leader)];
                from.units.clear();
                from.seated = 0;
                std::erase(at_slot_[at(from.slot)], g);
                solution_.if_needed += if_needed;
                return true;
            }
        }
        return false;
    }

    /// Groups led over all cohorts, times how many others may lead: compares as led / max_groups.
    [[nodiscard]] bool fuller(int a, int a_more, int b, int b_more) const {
        const auto led = [&](int l, int more) {
            const Leader& leader = in_.leaders[at(l)];
            const int most = in_.problem->people()[at(leader.person)].max_groups;
            return std::pair(most - leader.capacity + load_[at(l)] + more, most);
        };
        const auto [x, x_most] = led(a, a_more);
        const auto [y, y_most] = led(b, b_more);
        return x * y_most > y * x_most;
    }

    /// Gives the group to a leader who stays less loaded than the one it has.
    bool relead(int g) {
        Group& group = groups_[at(g)];
        if (group.leader < 0 || group.units.empty()) return false;
        const int before = cost_in(in_.leaders[at(group.leader)].attends, group.slot);
        for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l) {
            if (l == group.leader || !fuller(group.leader, 0, l, 1)) continue;
            const int now = cost_in(in_.leaders[at(l)].attends, group.slot);
            if (now < 0 || now > before || !can_lead(l, group.slot)) continue;
            if (!company_allowed(group, l, group.units)) continue;
            --load_[at(group.leader)];
            ++load_[at(l)];
            group.leader = l;
            put(group, group.units);
            solution_.if_needed += now - before;
            return true;
        }
        return false;
    }

    [[nodiscard]] bool can_lead(int l, int slot) const {
        const Leader& leader = in_.leaders[at(l)];
        if (load_[at(l)] >= leader.capacity) return false;
        const Problem& problem = *in_.problem;
        return std::none_of(groups_.begin(), groups_.end(), [&](const Group& other) {
            return other.leader == l && !other.units.empty() &&
                   clash(in_.slots[at(other.slot)].meetings, problem.schedule().meeting_minutes,
                         in_.slots[at(slot)].meetings, problem.schedule().meeting_minutes,
                         problem.rules().facilitator_buffer_minutes);
        });
    }

    const Instance& in_;
    const std::function<bool()>& should_stop_;
    std::vector<Group> groups_;
    std::vector<std::vector<int>> at_slot_;  ///< groups by slot
    std::vector<int> load_;                  ///< new groups by leader
    Starts everything_;
    std::vector<Starts> unit_starts_;
    std::vector<Starts> leader_starts_;
    std::vector<Starts> fixed_starts_;  ///< by slot: what those share who sit there already
    long work_left_ = kMostExchanges;
    Solution solution_;
};

}  // namespace

Solution polish(const Instance& instance, Solution solution, const std::function<bool()>& should_stop) {
    return Polish(instance, std::move(solution), should_stop).run();
}

}  // namespace convene
