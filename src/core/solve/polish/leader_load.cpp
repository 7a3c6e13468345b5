#include "core/solve/polish/leader_load.h"

#include <algorithm>
#include <limits>
#include <map>

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

LeaderLoad::LeaderLoad(const Instance& instance) : in_(instance), load_(instance.leaders.size(), 0) {
    const Problem& problem = *in_.problem;
    std::map<int, int> led;
    for (const int person : problem.facilitators()) led[person] = 0;
    for (const OutsideLoad& load : problem.outside_load()) led[problem.index_of(load.person)] += load.groups;
    for (const FixedGroup& group : in_.standing)
        if (!group.facilitator.empty()) ++led[problem.index_of(group.facilitator)];
    for (const Leader& leader : in_.leaders) led.erase(leader.person);
    for (const auto& [person, groups] : led) {
        const int most = problem.people()[at(person)].max_groups;
        if (most > 0) fullest_elsewhere_ = std::max(fullest_elsewhere_, Fullness{groups, most});
    }
    find_fullest();
}

void LeaderLoad::add(int leader, int groups) {
    load_[at(leader)] += groups;
    find_fullest();
}

LeaderLoad::Fullness LeaderLoad::fullness(int leader, int more) const {
    const Leader& who = in_.leaders[at(leader)];
    const int most = in_.problem->people()[at(who.person)].max_groups;
    return {most - who.capacity + load_[at(leader)] + more, most};
}

void LeaderLoad::find_fullest() {
    fullest_ = fullest_elsewhere_;
    how_many_ = std::numeric_limits<int>::max();
    for (int l = 0; l < static_cast<int>(in_.leaders.size()); ++l) {
        const Fullness one = fullness(l, 0);
        if (one > fullest_) {
            fullest_ = one;
            how_many_ = 1;
        } else if (!(one < fullest_) && how_many_ < std::numeric_limits<int>::max()) {
            ++how_many_;
        }
    }
}

std::strong_ordering LeaderLoad::compare(int a, int a_more, int b, int b_more) const {
    return fullness(a, a_more) <=> fullness(b, b_more);
}

int LeaderLoad::fullest_after(std::span<const Change> changes) const {
    int fewer = 0;
    bool still = false;
    for (const Change& change : changes) {
        const Fullness after = fullness(change.leader, change.groups);
        if (after > fullest_) return 1;
        if (!(after < fullest_)) still = true;
        if (!(fullness(change.leader, 0) < fullest_)) ++fewer;
    }
    return !still && fewer == how_many_ ? -1 : 0;
}

}  // namespace convene
