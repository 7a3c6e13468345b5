#include "core/solve/greedy.h"

#include <algorithm>
#include <tuple>

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

class Greedy {
public:
    explicit Greedy(const Instance& instance)
        : in_(instance), waiting_(instance.slots.size()), placed_(instance.units.size(), 0) {
        for (int u = 0; u < static_cast<int>(in_.units.size()); ++u) {
            if (in_.units[at(u)].special) continue;
            for (const Attend& attend : in_.units[at(u)].attends)
                waiting_[at(attend.slot)].emplace_back(attend.cost, u);
        }
        for (auto& list : waiting_) std::sort(list.begin(), list.end());
        for (const Leader& leader : in_.leaders) {
            capacity_.push_back(leader.capacity);
            taken_.emplace_back(leader.cliques.size(), 0);
            led_.emplace_back(leader.attends.size(), 0);
        }
    }

    Solution run() {
        for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s)
            if (in_.slots[at(s)].fixed >= 0) fill(s, -1, in_.slots[at(s)].seats);
        list_offers();
        // Offers only get worse, so the best is found by looking again at the one that was best.
        std::make_heap(offers_.begin(), offers_.end());
        while (!offers_.empty()) {
            std::pop_heap(offers_.begin(), offers_.end());
            Offer offer = offers_.back();
            offers_.pop_back();
            const int now = waiting(offer.slot);
            if (now < in_.least || !can_lead(offer)) continue;
            if (now < offer.people) {
                offer.people = now;
                offers_.push_back(offer);
                std::push_heap(offers_.begin(), offers_.end());
                continue;
            }
            lead(offer);
            fill(offer.slot, offer.leader, in_.most);
            if (in_.self_led) {
                offers_.push_back(offer);
                std::push_heap(offers_.begin(), offers_.end());
            }
        }
        const auto key = [](const Solution::Group& g) { return std::tie(g.slot, g.leader, g.units); };
        std::sort(solution_.groups.begin(), solution_.groups.end(),
                  [&](const Solution::Group& a, const Solution::Group& b) { return key(a) < key(b); });
        return std::move(solution_);
    }

private:
    struct Offer {
        int people = 0;  ///< who would come, at most `most`
        int cost = 0;    ///< of the leader
        int slot = 0;
        int leader = -1;
        int position = -1;  ///< in the leader's attends

        bool operator<(const Offer& other) const {
            return std::tuple(people, -cost, -slot, -leader) <
                   std::tuple(other.people, -other.cost, -other.slot, -other.leader);
        }
    };

    int waiting(int slot) {
        auto& list = waiting_[at(slot)];
        std::erase_if(list, [&](const auto& entry) { return placed_[at(entry.second)] != 0; });
        return std::min(static_cast<int>(list.size()), in_.most);
    }

    void list_offers() {
        if (in_.self_led) {
            for (int s = 0; s < static_cast<int>(in_.slots.size()); ++s)
                if (in_.slots[at(s)].fixed < 0 && in_.slots[at(s)].open_to_all)
                    offers_.push_back({waiting(s), 0, s, -1, -1});
            return;
        }
        for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l) {
            const auto& attends = in_.leaders[at(l)].attends;
            for (int i = 0; i < static_cast<int>(attends.size()); ++i)
                if (in_.slots[at(attends[at(i)].slot)].open_to_all)
                    offers_.push_back(
                        {waiting(attends[at(i)].slot), attends[at(i)].cost, attends[at(i)].slot, l, i});
        }
    }

    bool can_lead(const Offer& offer) const {
        if (offer.leader < 0) return true;
        const Leader& leader = in_.leaders[at(offer.leader)];
        if (capacity_[at(offer.leader)] == 0) return false;
        for (std::size_t c = 0; c < leader.cliques.size(); ++c)
            if (taken_[at(offer.leader)][c] != 0 &&
                std::binary_search(leader.cliques[c].begin(), leader.cliques[c].end(), offer.position))
                return false;
        return led_[at(offer.leader)][at(offer.position)] == 0;
    }

    void lead(const Offer& offer) {
        solution_.if_needed += offer.cost;
        if (offer.leader < 0) return;
        const Leader& leader = in_.leaders[at(offer.leader)];
        --capacity_[at(offer.leader)];
        led_[at(offer.leader)][at(offer.position)] = 1;
        for (std::size_t c = 0; c < leader.cliques.size(); ++c)
            if (std::binary_search(leader.cliques[c].begin(), leader.cliques[c].end(), offer.position))
                taken_[at(offer.leader)][c] = 1;
    }

    void fill(int slot, int leader, int seats) {
        Solution::Group group{slot, leader, {}};
        (void)waiting(slot);
        for (const auto& [cost, unit] : waiting_[at(slot)]) {
            if (static_cast<int>(group.units.size()) == seats) break;
            placed_[at(unit)] = 1;
            group.units.push_back(unit);
            solution_.if_needed += cost;
            ++solution_.placed;
        }
        if (group.units.empty()) return;
        std::sort(group.units.begin(), group.units.end());
        solution_.groups.push_back(std::move(group));
    }

    const Instance& in_;
    std::vector<std::vector<std::pair<int, int>>> waiting_;  ///< by slot: cost and unit, the cheap first
    std::vector<char> placed_;                               ///< by unit
    std::vector<int> capacity_;                              ///< by leader
    std::vector<std::vector<char>> taken_;                   ///< by leader and clique
    std::vector<std::vector<char>> led_;                     ///< by leader and position
    std::vector<Offer> offers_;
    Solution solution_;
};

}  // namespace

Solution greedy(const Instance& instance) {
    return Greedy(instance).run();
}

}  // namespace convene
