#include "bench/compare/orders.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace convene::bench {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

std::vector<Choice> random_order(const Instance& instance, test::RandomNumbers& random) {
    std::vector<Choice> order;
    for (int l = 0; l < static_cast<int>(instance.leaders.size()); ++l)
        for (int i = 0; i < static_cast<int>(instance.leaders[at(l)].attends.size()); ++i)
            order.push_back({l, i});
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.index(i)]);
    return order;
}

Objective follow(const Instance& instance, const std::vector<Choice>& order) {
    std::vector<std::vector<std::tuple<int, std::size_t, int>>> waiting(instance.slots.size());
    for (int u = 0; u < static_cast<int>(instance.units.size()); ++u) {
        const Unit& unit = instance.units[at(u)];
        for (const Attend attend : unit.attends)
            waiting[at(attend.slot)].emplace_back(attend.cost, unit.attends.size(), u);
    }
    for (auto& list : waiting) std::sort(list.begin(), list.end());
    std::vector<char> placed(instance.units.size(), 0);
    std::vector<int> capacity;
    std::vector<std::vector<char>> blocked;
    for (const Leader& leader : instance.leaders) {
        capacity.push_back(leader.capacity);
        blocked.emplace_back(leader.attends.size(), 0);
    }
    Objective sum;
    for (const Choice& choice : order) {
        const Leader& leader = instance.leaders[at(choice.leader)];
        auto& barred = blocked[at(choice.leader)];
        if (capacity[at(choice.leader)] == 0 || barred[at(choice.position)] != 0) continue;
        const Attend where = leader.attends[at(choice.position)];
        auto& list = waiting[at(where.slot)];
        std::erase_if(list, [&](const auto& one) { return placed[at(std::get<2>(one))] != 0; });
        if (static_cast<int>(list.size()) < instance.least) continue;
        const std::size_t seats = std::min(list.size(), at(instance.most));
        for (std::size_t i = 0; i < seats; ++i) {
            placed[at(std::get<2>(list[i]))] = 1;
            ++sum.placed;
            sum.if_needed += std::get<0>(list[i]);
        }
        sum.if_needed += where.cost;
        --capacity[at(choice.leader)];
        barred[at(choice.position)] = 1;
        for (const auto& clique : leader.cliques)
            if (std::binary_search(clique.begin(), clique.end(), choice.position))
                for (const int other : clique) barred[at(other)] = 1;
    }
    return sum;
}

bool better(Objective a, Objective b) {
    return a.placed > b.placed || (a.placed == b.placed && a.if_needed < b.if_needed);
}

}  // namespace convene::bench
