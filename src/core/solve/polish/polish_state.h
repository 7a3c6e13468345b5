// src/core/solve/polish/polish_state.h: groups while they are evened out (O3, O4).
//
// Holds who sits where and what a change would do; the moves, one file each,
// look for changes and make those that pay.
#pragma once
#include <compare>
#include <functional>
#include <vector>

#include "core/solve/instance.h"
#include "core/solve/polish/shared_starts.h"
#include "core/solve/program.h"

namespace convene {

/// What a change does, in the order of the objectives; less is better. O1 never changes.
struct Change {
    int if_needed = 0;  ///< O2
    int sizes = 0;      ///< O3
    int fuller = 0;     ///< O4: -1 the fullest facilitator gets less full, 1 more full
    int spare = 0;      ///< O4: weekly starts lost

    friend auto operator<=>(const Change&, const Change&) = default;
    [[nodiscard]] bool pays() const { return *this < Change{}; }
};

class PolishState {
public:
    struct Group {
        int slot = 0;
        int leader = -1;
        std::vector<int> units{};
        int seated = 0;   ///< people in units
        int base = 0;     ///< who counts for the size besides them
        Starts shared{};  ///< by everybody in it
        int spare = 0;    ///< SharedStarts::spare()
        bool fixed = false;

        [[nodiscard]] bool closed() const { return !fixed && units.empty(); }
    };

    PolishState(const Instance& instance, Solution solution, const std::function<bool()>& should_stop);

    [[nodiscard]] const Instance& instance() const { return in_; }
    [[nodiscard]] int size() const { return static_cast<int>(groups_.size()); }
    [[nodiscard]] const Group& group(int g) const { return groups_[static_cast<std::size_t>(g)]; }
    /// Groups that meet at a slot.
    [[nodiscard]] const std::vector<int>& groups_at(int slot) const;
    /// Units in no group, by slot that they can attend.
    [[nodiscard]] const std::vector<int>& unseated_at(int slot) const;
    /// Leaders who can attend a slot.
    [[nodiscard]] const std::vector<int>& leaders_at(int slot) const;
    [[nodiscard]] bool seated(int unit) const { return seated_[static_cast<std::size_t>(unit)] != 0; }

    /// Counts one change looked at.
    void count_work() { --work_left_; }
    [[nodiscard]] bool stopped() const { return work_left_ <= 0 || (should_stop_ && should_stop_()); }

    [[nodiscard]] int people(int unit) const { return in_.units[static_cast<std::size_t>(unit)].size(); }
    /// Members on if-needed time; -1 when the unit cannot be there.
    [[nodiscard]] int cost(int unit, int slot) const;
    [[nodiscard]] int leader_cost(int leader, int slot) const;
    [[nodiscard]] bool size_allowed(const Group& group, int seated) const;
    [[nodiscard]] int unevenness(const Group& group, int seated) const;
    /// R7, R8 and the anchor, for a group at this slot with this leader and these units.
    [[nodiscard]] bool company_allowed(const Group& group, int leader, const std::vector<int>& units) const;
    /// What the group's people share, one unit left out; -1: none.
    [[nodiscard]] Starts shared_without(const Group& group, int unit) const;
    [[nodiscard]] int spare(const Group& group, int leader, const std::vector<int>& units,
                            const Starts& shared) const;
    [[nodiscard]] const SharedStarts& starts() const { return starts_; }
    /// R5 and R6: a group at this slot, besides those that the leader has, `except` aside (-1: none).
    [[nodiscard]] bool can_lead(int leader, int slot, int except) const;

    /// Fullness of a leader with so many groups more, against another's: groups led over all cohorts ÷
    /// max_groups.
    [[nodiscard]] std::strong_ordering compare_fullness(int a, int a_more, int b, int b_more) const;
    /// Whether giving a group of leader `from` (-1: a closed one's) to `to` (-1: nobody) makes the fullest
    /// facilitator less full (-1), leaves that (0) or makes it worse (1).
    [[nodiscard]] int fullest_after(int from, int to) const;

    void set_units(int g, std::vector<int> units, int if_needed);
    /// Somebody has taken its place.
    void unseat(int unit);
    void set_leader(int g, int leader, int if_needed);
    /// The group is given up; its units must have been taken into others.
    void close(int g, int if_needed);

    [[nodiscard]] Solution take();

private:
    struct Fullness {
        int led = 0;
        int most = 1;
    };

    void add(Group group);
    void refresh(Group& group);
    [[nodiscard]] Fullness fullness(int leader, int more) const;
    void list_fullness();

    const Instance& in_;
    const std::function<bool()>& should_stop_;
    SharedStarts starts_;
    std::vector<Group> groups_;
    std::vector<std::vector<int>> groups_at_;
    std::vector<std::vector<int>> unseated_at_;
    std::vector<std::vector<int>> leaders_at_;
    std::vector<char> seated_;    ///< by unit
    std::vector<int> load_;       ///< new groups by leader
    Fullness fullest_elsewhere_;  ///< of facilitators who get no new group
    long work_left_;
    Solution solution_;
};

}  // namespace convene
