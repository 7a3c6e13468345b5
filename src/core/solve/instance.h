// src/core/solve/instance.h: a Problem boiled down to what the search needs.
//
// Zones, hours and clocks are gone: what is left is who can be where, what it costs
// (people on if-needed time), and which meetings of one facilitator exclude each other.
#pragma once
#include <compare>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/model/problem.h"

namespace convene {

/// A name of a series of meetings: the anchor zone and the weekly start in it.
struct SlotLabel {
    ZonePtr zone;
    WeeklyStart start;
};

/// One series of meetings at which groups can meet; two weekly starts with the same
/// instants are one slot. A standing group is a slot of its own.
struct Slot {
    std::vector<Instant> meetings;
    std::vector<SlotLabel> labels;  ///< at least one, by preference
    /// False under `anchor: best` for a series that UTC cannot name: each group there needs a member
    /// who lives in one of the labels' zones.
    bool open_to_all = true;
    int fixed = -1;  ///< index into Instance::standing, or -1
    int seats = 0;   ///< standing groups only: how many may be added
};

/// Being at a slot, and how many of those concerned rely on if-needed time there.
struct Attend {
    int slot = 0;
    int cost = 0;

    friend auto operator<=>(const Attend&, const Attend&) = default;
};

/// Participants who are placed in one group or not at all: mostly one person.
struct Unit {
    std::vector<int> members;     ///< indices into Problem::people(), rising
    std::vector<Attend> attends;  ///< rising by slot
    /// True when it matters which group of a slot they join, not just which slot.
    bool special = false;

    [[nodiscard]] int size() const noexcept { return static_cast<int>(members.size()); }
};

/// A facilitator who can still take groups.
struct Leader {
    int person = 0;
    int capacity = 0;                       ///< new groups in this cohort
    std::vector<Attend> attends;            ///< rising by slot; free of bookings and standing groups
    std::vector<std::vector<int>> cliques;  ///< positions in `attends` of which at most one can be led
};

class HardRule;

struct Instance {
    const Problem* problem = nullptr;
    std::vector<std::shared_ptr<HardRule>> rules;  ///< all of rules/hard_rules.h
    std::span<const FixedGroup> standing;          ///< what R9 keeps: groups that exist or are pinned
    std::vector<Slot> slots;
    /// Only those who can be placed at all by themselves. Units and leaders stand in an order that follows
    /// from what they can do; ids matter between people who are alike only.
    std::vector<Unit> units;
    std::vector<Leader> leaders;  ///< empty when groups are self-led
    int least = 1;                ///< participants of a new group
    int most = 1;
    bool self_led = false;
    int placed_before = 0;     ///< participants who sit in standing groups
    int if_needed_before = 0;  ///< members of standing groups on if-needed time

    /// How many added participants a group of this slot can have.
    [[nodiscard]] bool size_allowed(int slot, int seated) const;
    /// Somebody's zone names the slot, so that they open it for their group (`anchor: best`).
    [[nodiscard]] bool opens(int person, const Slot& slot) const;
};

/// \param problem  must outlive the instance
[[nodiscard]] Instance compile(const Problem& problem);

}  // namespace convene
