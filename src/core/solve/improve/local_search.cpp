#include "core/solve/improve/local_search.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

#include "core/solve/improve/random.h"
#include "core/solve/improve/seating_flow.h"

namespace convene {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// Groups and who leads them. In a self-led cohort there is one leader, -1, who can be everywhere.
struct Group {
    int slot = 0;
    int leader = -1;
    int cost = 0;
};

class LocalSearch {
public:
    LocalSearch(const Instance& instance, const Program& program, const Solution& start,
                const LocalSearchRequest& request)
        : in_(instance),
          program_(program),
          request_(request),
          random_(request.seed),
          seating_(instance),
          best_(start),
          leaders_at_(instance.slots.size()),
          led_(instance.leaders.size(), 0) {
        list_offers();
        for (const Solution::Group& group : start.groups) {
            if (in_.slots[at(group.slot)].fixed >= 0) continue;
            add({group.slot, group.leader, cost_of(group.leader, group.slot)});
        }
    }

    Solution run() {
        seating_.stop_at(request_.work);
        seating_.settle(std::numeric_limits<int>::min() / 2);
        seating_.keep();
        int now = value();
        note();
        if (offers_.empty() || in_.units.empty()) return best_;
        while (seating_.work() < request_.work) {
            if (request_.should_stop && ++asked_ % 16 == 0 && request_.should_stop()) break;
            seating_.spend(1 + static_cast<long>(groups_.size()) / 4);  // drawing a change is work too
            const long rest = request_.work - seating_.work();
            const auto threshold = static_cast<int>(request_.threshold * rest / request_.work);
            old_groups_ = groups_;
            old_led_ = led_;
            if (!change()) continue;
            const int wanted = now - random_.between(0, threshold);
            seating_.settle(wanted + leaders_cost());
            const int then = value();
            if (then >= wanted) {
                seating_.keep();
                now = then;
                note();
            } else {
                seating_.undo();
                groups_ = old_groups_;
                led_ = old_led_;
            }
        }
        return best_;
    }

private:
    void list_offers() {
        for (std::size_t j = 0; j < program_.columns.size(); ++j) {
            const Program::Column& column = program_.columns[j];
            if (column.kind != (in_.self_led ? Program::Kind::groups : Program::Kind::leads)) continue;
            const int leader = in_.self_led ? -1 : program_.copies[at(column.copy)].leader;
            offers_.push_back({column.slot, leader, column.cost});
            leaders_at_[at(column.slot)].push_back(offers_.back());
        }
    }
    [[nodiscard]] int leaders_cost() const {
        int cost = 0;
        for (const Group& group : groups_) cost += group.cost;
        return cost;
    }
    [[nodiscard]] int value() const { return seating_.value() - leaders_cost(); }
    [[nodiscard]] int cost_of(int leader, int slot) const {
        if (leader < 0) return 0;
        const auto& attends = in_.leaders[at(leader)].attends;
        return std::lower_bound(attends.begin(), attends.end(), Attend{slot, 0})->cost;
    }

    void add(const Group& group) {
        groups_.push_back(group);
        seating_.open(group.slot);
        if (group.leader >= 0) ++led_[at(group.leader)];
    }
    void remove(std::size_t number) {
        const Group group = groups_[number];
        groups_[number] = groups_.back();
        groups_.pop_back();
        seating_.close(group.slot);
        if (group.leader >= 0) --led_[at(group.leader)];
    }

    /// Whether the leader could have one more group there, beside those they lead.
    [[nodiscard]] bool can_lead(int leader, int slot) const {
        if (leader < 0) return true;
        const Leader& who = in_.leaders[at(leader)];
        if (led_[at(leader)] >= who.capacity) return false;
        if (led_[at(leader)] == 0) return true;
        const auto position = [&](int s) {
            const auto found = std::lower_bound(who.attends.begin(), who.attends.end(), Attend{s, 0});
            return static_cast<int>(found - who.attends.begin());
        };
        const int here = position(slot);
        return std::none_of(groups_.begin(), groups_.end(), [&](const Group& group) {
            if (group.leader != leader) return false;
            if (group.slot == slot) return true;
            const int there = position(group.slot);
            return std::any_of(who.cliques.begin(), who.cliques.end(), [&](const std::vector<int>& clique) {
                return std::binary_search(clique.begin(), clique.end(), here) &&
                       std::binary_search(clique.begin(), clique.end(), there);
            });
        });
    }

    /// A random change of the groups; false when the one drawn is impossible, and nothing is changed then.
    bool change() {
        const int kind = random_.between(0, 99);
        if (kind < 70 || groups_.empty()) return meet_at(wanted_slot());
        const std::size_t number = random_.index(groups_.size());
        if (kind < 75) {
            remove(number);
            return true;
        }
        if (kind < 85) return meet_at(offers_[random_.index(offers_.size())]);
        return hand_over(number);
    }
    /// A group that could meet where somebody waits, or could come more easily than now.
    Group wanted_slot() {
        for (int tries = 0; tries < 8; ++tries) {
            const auto& waiting = seating_.left_out();
            const bool any = request_.threshold < SeatingFlow::kPlaced;
            if (waiting.empty() && !any) break;
            const auto unit = any ? static_cast<int>(random_.index(in_.units.size()))
                                  : waiting[random_.index(waiting.size())];
            if (seating_.slot_of(unit) >= 0 && seating_.cost_of(unit) == 0) continue;
            const auto& attends = in_.units[at(unit)].attends;
            const Attend attend = attends[random_.index(attends.size())];
            if (seating_.slot_of(unit) >= 0 && attend.cost > 0) continue;
            const auto& leaders = leaders_at_[at(attend.slot)];
            if (!leaders.empty()) return leaders[random_.index(leaders.size())];
        }
        return offers_[random_.index(offers_.size())];
    }
    /// Opens it, instead of the groups of its leader that stand in the way, or of any one of theirs.
    bool meet_at(const Group& next) {
        if (can_lead(next.leader, next.slot)) {
            add(next);
            return true;
        }
        std::vector<std::size_t> theirs;
        for (std::size_t g = 0; g < groups_.size(); ++g)
            if (groups_[g].leader == next.leader) theirs.push_back(g);
        const std::size_t number = theirs[random_.index(theirs.size())];
        if (groups_[number].slot == next.slot) return false;
        remove(number);
        if (can_lead(next.leader, next.slot)) {
            add(next);
            return true;
        }
        seating_.undo();
        groups_ = old_groups_;
        led_ = old_led_;
        return false;
    }
    /// Another leader at the same slot; nobody has to move.
    bool hand_over(std::size_t number) {
        const Group group = groups_[number];
        if (group.leader < 0) return false;
        const auto& others = leaders_at_[at(group.slot)];
        if (others.empty()) return false;
        const Group next = others[random_.index(others.size())];
        if (next.leader == group.leader || !can_lead(next.leader, next.slot)) return false;
        --led_[at(group.leader)];
        ++led_[at(next.leader)];
        groups_[number] = next;
        return true;
    }

    /// Remembers the state when it is valid and the best so far.
    void note() {
        if (seating_.missing() > 0) return;
        const int cost = seating_.cost() + leaders_cost();
        if (std::tuple(-seating_.placed(), cost) >= std::tuple(-best_.placed, best_.if_needed)) return;
        const std::vector<double> values = write_solution(in_, program_, state());
        if (!is_solution(program_, values)) return;
        best_ = read_solution(in_, program_, values);
    }

    /// Which of a slot's groups somebody sits in does not matter here.
    [[nodiscard]] Solution state() const {
        Solution solution;
        std::vector<int> first(in_.slots.size(), -1);  // by slot: its first group
        const auto open = [&](int slot, int leader) {
            if (first[at(slot)] < 0) first[at(slot)] = static_cast<int>(solution.groups.size());
            solution.groups.push_back({slot, leader, {}});
        };
        for (const Group& group : groups_) open(group.slot, group.leader);
        for (int unit = 0; unit < static_cast<int>(in_.units.size()); ++unit) {
            const int slot = seating_.slot_of(unit);
            if (slot < 0) continue;
            if (first[at(slot)] < 0) open(slot, -1);
            solution.groups[at(first[at(slot)])].units.push_back(unit);
        }
        return solution;
    }

    const Instance& in_;
    const Program& program_;
    const LocalSearchRequest& request_;
    Random random_;
    SeatingFlow seating_;
    Solution best_;
    std::vector<std::vector<Group>> leaders_at_;  ///< by slot: each who could lead there
    std::vector<Group> offers_;                   ///< every group that could be led
    std::vector<Group> groups_, old_groups_;
    std::vector<int> led_, old_led_;  ///< by leader: how many groups
    long asked_ = 0;
};

}  // namespace

Solution local_search(const Instance& instance, const Program& program, const Solution& start,
                      const LocalSearchRequest& request) {
    return LocalSearch(instance, program, start, request).run();
}

}  // namespace convene
