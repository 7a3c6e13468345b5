// src/core/solve/slots.h: at which series of meetings the groups of a cohort can meet.
#pragma once
#include <vector>

#include "core/solve/instance.h"

namespace convene {

/// Zones that may name a new group's time, the preferred first: UTC, then by name.
[[nodiscard]] std::vector<ZonePtr> anchor_zones(const Problem& problem);

/// By which of the slot's labels a group with these members goes: one that the anchor rule allows, the
/// facilitator's zone before other members'.
/// \param leader  index into the leaders, or -1
[[nodiscard]] const SlotLabel& label_of(const Instance& instance, int slot, int leader,
                                        const std::vector<int>& units);

/// All distinct series that the cohort's anchor and grid allow to new groups, by first
/// meeting, then by the later ones. With anchor `facilitator`, the labels say whose zone may name a slot.
[[nodiscard]] std::vector<Slot> list_slots(const Problem& problem);

/// True when one person cannot lead both: two meetings overlap, or the buffer between them is missing.
[[nodiscard]] bool clash(std::span<const Instant> a, int a_minutes, std::span<const Instant> b, int b_minutes,
                         int buffer_minutes);

}  // namespace convene
