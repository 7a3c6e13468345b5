#include <algorithm>
#include <tuple>

#include "core/solve/program.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

using Group = Solution::Group;

auto key(int slot, int leader) {
    return std::tuple(slot, leader);
}

/// By copy: the group that it stands for, or null. In self-led cohorts the first groups of a slot get its
/// copies.
std::vector<const Group*> groups_by_copy(const Program& program, const Solution& solution) {
    std::vector<const Group*> groups;
    for (const Group& group : solution.groups) groups.push_back(&group);
    std::stable_sort(groups.begin(), groups.end(), [](const Group* a, const Group* b) {
        return key(a->slot, a->leader) < key(b->slot, b->leader);
    });
    std::vector<const Group*> found(program.copies.size(), nullptr);
    auto next = groups.begin();
    for (std::size_t c = 0; c < found.size(); ++c) {
        const auto wanted = key(program.copies[c].slot, program.copies[c].leader);
        while (next != groups.end() && key((*next)->slot, (*next)->leader) < wanted) ++next;
        if (next != groups.end() && key((*next)->slot, (*next)->leader) == wanted) found[c] = *next++;
    }
    return found;
}

}  // namespace

std::vector<double> write_solution(const Instance& instance, const Program& program,
                                   const Solution& solution) {
    const std::vector<const Group*> meets = groups_by_copy(program, solution);
    std::vector<int> groups(instance.slots.size(), 0);
    std::vector<const Group*> group_of(instance.units.size(), nullptr);
    for (const Group& group : solution.groups) {
        ++groups[at(group.slot)];
        for (const int unit : group.units) group_of[at(unit)] = &group;
    }
    const auto picked_by = [&](const Group& group) {
        int people = 0;
        for (const int unit : group.units)
            if (instance.units[at(unit)].special) people += instance.units[at(unit)].size();
        return people;
    };
    std::vector<double> values;
    for (const Program::Column& column : program.columns) {
        const Group* group = column.copy >= 0 ? meets[at(column.copy)] : nullptr;
        const Group* of_unit = column.unit >= 0 ? group_of[at(column.unit)] : nullptr;
        switch (column.kind) {
            case Program::Kind::groups:
                values.push_back(groups[at(column.slot)]);
                break;
            case Program::Kind::leads:
                values.push_back(group != nullptr ? 1 : 0);
                break;
            case Program::Kind::joins:
                values.push_back(group != nullptr && group == of_unit ? 1 : 0);
                break;
            case Program::Kind::sits:
                values.push_back(of_unit != nullptr && of_unit->slot == column.slot ? 1 : 0);
                break;
            case Program::Kind::helper:
                values.push_back(group != nullptr ? std::max(0.0, column.upper - picked_by(*group)) : 0);
                break;
        }
    }
    return values;
}

}  // namespace convene
