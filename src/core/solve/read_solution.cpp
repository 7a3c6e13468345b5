#include <algorithm>
#include <map>

#include "core/solve/program.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// Seats the people of one slot in its groups.
class SlotSeating {
public:
    SlotSeating(const Instance& instance, int slot) : in_(instance), slot_(slot) {}

    void open(int leader) {
        groups_.push_back({slot_, leader, {}});
        heads_.push_back(0);
    }
    void join(std::size_t group, int unit) {
        groups_[group].units.push_back(unit);
        heads_[group] += in_.units[at(unit)].size();
    }
    [[nodiscard]] std::size_t size() const { return groups_.size(); }

    /// First whoever a group needs to be open at this slot, then everybody, the smallest group first:
    /// so that every group reaches min_size and sizes are as even as can be.
    std::vector<Solution::Group> finish(std::vector<int> ordinary) {
        const Slot& slot = in_.slots[at(slot_)];
        if (!slot.open_to_all) {
            for (std::size_t g = 0; g < groups_.size(); ++g) {
                if (is_open(groups_[g], slot)) continue;
                const auto opener = std::find_if(ordinary.begin(), ordinary.end(), [&](int u) {
                    return in_.opens(in_.units[at(u)].members[0], slot);
                });
                if (opener == ordinary.end()) continue;
                join(g, *opener);
                ordinary.erase(opener);
            }
        }
        for (const int unit : ordinary) {
            const auto least = std::min_element(heads_.begin(), heads_.end());
            join(static_cast<std::size_t>(least - heads_.begin()), unit);
        }
        for (Solution::Group& group : groups_) std::sort(group.units.begin(), group.units.end());
        return std::move(groups_);
    }

private:
    [[nodiscard]] bool is_open(const Solution::Group& group, const Slot& slot) const {
        if (group.leader >= 0 && in_.opens(in_.leaders[at(group.leader)].person, slot)) return true;
        return std::any_of(group.units.begin(), group.units.end(), [&](int u) {
            const auto& members = in_.units[at(u)].members;
            return std::any_of(members.begin(), members.end(),
                               [&](int member) { return in_.opens(member, slot); });
        });
    }

    const Instance& in_;
    int slot_;
    std::vector<Solution::Group> groups_;
    std::vector<int> heads_;
};

}  // namespace

Solution read_solution(const Instance& instance, const Program& program, const std::vector<double>& values) {
    Solution solution;
    std::vector<std::vector<int>> copies(instance.slots.size());
    std::vector<std::vector<int>> ordinary(instance.slots.size());
    std::map<int, std::vector<int>> joined;  // by copy
    std::vector<int> groups(instance.slots.size(), 0);
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        if (values[j] < 0.5) continue;
        const Program::Column& column = program.columns[j];
        const auto times = static_cast<int>(values[j] + 0.5);
        solution.placed += column.people * times;
        solution.if_needed += column.cost * times;
        if (column.kind == Program::Kind::groups) groups[at(column.slot)] = times;
        if (column.kind == Program::Kind::leads) copies[at(column.slot)].push_back(column.copy);
        if (column.kind == Program::Kind::joins) joined[column.copy].push_back(column.unit);
        if (column.kind == Program::Kind::sits) ordinary[at(column.slot)].push_back(column.unit);
    }
    for (int s = 0; s < static_cast<int>(instance.slots.size()); ++s) {
        SlotSeating seating(instance, s);
        if (instance.slots[at(s)].fixed >= 0) {
            if (ordinary[at(s)].empty()) continue;
            seating.open(-1);
        } else if (groups[at(s)] == 0) {
            continue;
        }
        for (const int copy : copies[at(s)]) {
            seating.open(program.copies[at(copy)].leader);
            for (const int unit : joined[copy]) seating.join(seating.size() - 1, unit);
        }
        while (static_cast<int>(seating.size()) < groups[at(s)]) seating.open(-1);
        for (Solution::Group& group : seating.finish(std::move(ordinary[at(s)])))
            solution.groups.push_back(std::move(group));
    }
    return solution;
}

}  // namespace convene
