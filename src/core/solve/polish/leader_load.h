// src/core/solve/polish/leader_load.h: how full facilitators are while groups are evened out (O4).
#pragma once
#include <compare>
#include <span>
#include <vector>

#include "core/solve/instance.h"

namespace convene {

/// Fullness is groups led over all cohorts ÷ max_groups.
class LeaderLoad {
public:
    explicit LeaderLoad(const Instance& instance);

    /// The leader has so many new groups more.
    void add(int leader, int groups);

    /// Of a leader with so many groups more, against another's.
    [[nodiscard]] std::strong_ordering compare(int a, int a_more, int b, int b_more) const;

    struct Change {
        int leader = -1;
        int groups = 0;
    };
    /// Whether the changes, one per leader, make the fullest facilitator less full (-1) or more full (1).
    [[nodiscard]] int fullest_after(std::span<const Change> changes) const;

private:
    struct Fullness {
        int led = 0;
        int most = 1;

        [[nodiscard]] std::strong_ordering operator<=>(const Fullness& other) const {
            return led * other.most <=> other.led * most;
        }
    };
    [[nodiscard]] Fullness fullness(int leader, int more) const;
    void find_fullest();

    const Instance& in_;
    std::vector<int> load_;       ///< new groups by leader
    Fullness fullest_elsewhere_;  ///< of facilitators who can get no new group
    Fullness fullest_;
    int how_many_ = 0;  ///< leaders who are the fullest; above all numbers of changes when others are, too
};

}  // namespace convene
