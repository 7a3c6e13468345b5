// src/core/solve/polish/shared_starts.h: at which weekly starts everybody of a group could meet.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/solve/attendance_map.h"
#include "core/solve/instance.h"

namespace convene {

/// A set of series of meetings, by number in a SharedStarts.
using Starts = std::vector<std::uint64_t>;

void intersect(Starts& a, const Starts& b);
/// Members of both.
[[nodiscard]] int count_common(const Starts& a, const Starts& b);

/// The series of all zones in which a group of this cohort may name its time, and who can attend them.
class SharedStarts {
public:
    explicit SharedStarts(const Instance& instance);

    /// Everybody can.
    [[nodiscard]] const Starts& everything() const noexcept { return everything_; }
    [[nodiscard]] const Starts& of_unit(int unit) const { return units_[static_cast<std::size_t>(unit)]; }
    [[nodiscard]] const Starts& of_leader(int leader) const {
        return leaders_[static_cast<std::size_t>(leader)];
    }
    /// What those share who sit at a fixed slot already; everything() for other slots.
    [[nodiscard]] const Starts& of_slot(int slot) const { return slots_[static_cast<std::size_t>(slot)]; }

    /// Starts besides its own that a group with these members could have: the size of
    /// PlannedGroup::spare_starts, plus one for a new group. \param shared  by all of them
    [[nodiscard]] int spare(int slot, int leader, const std::vector<int>& units, const Starts& shared) const;

private:
    void list_series();
    void list_people();
    void list_fixed_slots();
    [[nodiscard]] Starts starts_of(int person) const;

    const Instance& in_;
    AttendanceMap map_;
    std::size_t series_ = 0;
    Starts everything_;
    std::map<std::string, std::vector<int>, std::less<>>
        numbers_;                                          ///< of series, by zone and step of its week
    std::map<std::string, Starts, std::less<>> named_in_;  ///< by zone: the series that its clock can name
    std::vector<Starts> units_;
    std::vector<Starts> leaders_;
    std::vector<Starts> slots_;
};

}  // namespace convene
