// src/core/solve/improve/seating_flow.h: who sits where, for a choice of groups that changes step by step.
//
// A slot with Y groups seats min·Y to max·Y people. Given Y this is a flow; it is kept as good as chains of
// moves can make it: a chain takes one person from a slot (or from those left out) to the next, where
// somebody makes room, and so on. Only ordinary units, who may join any group of a slot, are seated.
#pragma once
#include <utility>
#include <vector>

#include "core/solve/instance.h"

namespace convene {

class SeatingFlow {
public:
    /// What a person placed, an if-needed hour and a seat missing to min_size are worth to the search. A
    /// group that is short of one never pays, whoever else it places.
    static constexpr int kPlaced = 12;
    static constexpr int kMissing = 4 * kPlaced;

    explicit SeatingFlow(const Instance& instance);

    /// One group more or fewer at a slot. Those who lose their seat are left out until settle().
    void open(int slot);
    void close(int slot);
    /// Chains until none is worth it, or the work runs out. Gives up early when it sees that value() will
    /// hardly reach `wanted`.
    void settle(int wanted);

    /// kPlaced per person, less what they cost, less kMissing per seat missing.
    [[nodiscard]] int value() const { return kPlaced * placed_ - cost_ - kMissing * missing_; }
    [[nodiscard]] int placed() const { return placed_; }
    [[nodiscard]] int cost() const { return cost_; }
    [[nodiscard]] int missing() const { return missing_; }
    /// The slot of a unit, -1 when it is left out.
    [[nodiscard]] int slot_of(int unit) const;
    [[nodiscard]] int cost_of(int unit) const { return seat_cost_[static_cast<std::size_t>(unit)]; }
    /// In no particular order, but the same one every time.
    [[nodiscard]] const std::vector<int>& left_out() const { return sitters_.back(); }

    /// Everything since the last keep() is undone.
    void undo();
    void keep() { journal_.clear(); }

    /// Attends looked at so far: a measure of work that is the same on every machine.
    [[nodiscard]] long work() const { return work_; }
    void spend(long work) { work_ += work; }
    void stop_at(long work) { most_work_ = work; }

private:
    struct Step {
        int unit = -1;  ///< -1: groups of slot `from` changed by `cost`
        int from = 0;
        int cost = 0;
    };
    /// The best known way of a round to bring one more person to a slot.
    struct Way {
        int gain = 0;
        int unit = -1;
        int cost = 0;  ///< of the unit at this slot
        int from = -1;
    };

    [[nodiscard]] int load(int slot) const {
        return static_cast<int>(sitters_[static_cast<std::size_t>(slot)].size());
    }
    [[nodiscard]] int least(int slot) const;
    [[nodiscard]] int most(int slot) const;
    [[nodiscard]] int gain_of_one_more(int slot) const;
    [[nodiscard]] int loss_of_one_fewer(int slot) const;
    void change_groups(int slot, int by);
    void list_open(int slot, bool is_open);
    void seat(int unit, int slot, int cost);
    bool seat_directly(int unit);
    bool fill(int slot);
    bool improve_by_chain(int only_unit, std::size_t rounds);
    bool follow(int slot, std::size_t round);
    void start_round(std::size_t round);

    const Instance& in_;
    int nowhere_;              ///< the number of the place of those left out: after all slots
    std::vector<int> groups_;  ///< by slot
    std::vector<std::vector<std::pair<int, int>>> attenders_;  ///< by slot: unit, cost
    std::vector<std::vector<Attend>> open_;                    ///< by unit: where somebody meets
    std::vector<std::vector<int>> sitters_;  ///< by slot, and those left out; special units are nowhere
    std::vector<int> seat_;                  ///< by unit
    std::vector<int> seat_cost_;             ///< by unit
    std::vector<int> place_;                 ///< by unit: position in sitters_
    std::vector<Step> journal_;
    std::vector<int> unseated_;
    std::vector<int> opened_;
    std::vector<Way>
        back_;  ///< by slot: how somebody from there gets to the slot to be filled; `from` is where to
    std::vector<int> wave_, next_wave_, touched_;
    std::vector<std::vector<Way>> rounds_;
    std::vector<std::vector<int>> reached_;  ///< by round
    int placed_ = 0;
    int cost_ = 0;
    int missing_ = 0;
    long work_ = 0;
    long most_work_ = 0;
};

}  // namespace convene
