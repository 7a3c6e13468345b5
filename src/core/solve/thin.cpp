#include "core/solve/thin.h"

#include <algorithm>

namespace convene {
namespace {

int cheapest(const std::vector<Attend>& attends) {
    const auto least =
        std::min_element(attends.begin(), attends.end(), [](Attend a, Attend b) { return a.cost < b.cost; });
    return least == attends.end() ? 0 : least->cost;
}

/// Slots without if-needed time that the leader can all lead, so that no two exclude each other: what is left
/// is a flow. Every other leader starts at the second slot, for variety.
void thin_out_leader(Leader& leader, bool from_second) {
    std::vector<std::vector<int>> cliques_of(leader.attends.size());
    for (std::size_t c = 0; c < leader.cliques.size(); ++c)
        for (const int i : leader.cliques[c])
            cliques_of[static_cast<std::size_t>(i)].push_back(static_cast<int>(c));
    std::vector<char> taken(leader.cliques.size(), 0);
    std::vector<Attend> kept;
    for (std::size_t i = from_second ? 1 : 0; i < leader.attends.size(); ++i) {
        const auto is_taken = [&](int c) { return taken[static_cast<std::size_t>(c)] != 0; };
        if (leader.attends[i].cost > 0) continue;
        if (std::any_of(cliques_of[i].begin(), cliques_of[i].end(), is_taken)) continue;
        for (const int c : cliques_of[i]) taken[static_cast<std::size_t>(c)] = 1;
        kept.push_back(leader.attends[i]);
    }
    if (kept.empty()) return;
    leader.attends = std::move(kept);
    leader.cliques.clear();
}

}  // namespace

Instance thin_out(const Instance& instance, std::size_t slots_per_unit) {
    Instance thin = instance;
    for (Unit& unit : thin.units) {
        const int least = cheapest(unit.attends);
        std::erase_if(unit.attends, [&](Attend attend) { return attend.cost > least; });
        const std::size_t all = unit.attends.size();
        if (all <= slots_per_unit) continue;
        std::vector<Attend> kept;
        for (std::size_t i = 0; i < slots_per_unit; ++i)
            kept.push_back(unit.attends[i * all / slots_per_unit]);
        unit.attends = std::move(kept);
    }
    for (std::size_t l = 0; l < thin.leaders.size(); ++l) thin_out_leader(thin.leaders[l], l % 2 == 1);
    return thin;
}

int least_cost(const Instance& instance) {
    int sum = 0;
    for (const Unit& unit : instance.units) sum += cheapest(unit.attends);
    return sum;
}

}  // namespace convene
