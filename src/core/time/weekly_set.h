// src/core/time/weekly_set.h: a set of minutes of the week, such as the hours
// in which somebody is free.
#pragma once
#include <span>
#include <vector>

#include "core/time/weekly_window.h"

namespace convene {

/// Minutes of the circular week, kept as the fewest windows: disjoint, never
/// touching (Sunday 23:00-24:00 and Monday 00:00-01:00 become one window),
/// sorted by start. Two sets with the same minutes compare equal.
class WeeklySet {
public:
    WeeklySet() = default;
    explicit WeeklySet(std::span<const WeeklyWindow> windows);

    [[nodiscard]] bool empty() const noexcept { return windows_.empty(); }
    /// Sorted by start; when a window spans the end of the week it is the last. The whole
    /// week is the one window (0, kMinutesPerWeek).
    [[nodiscard]] const std::vector<WeeklyWindow>& windows() const noexcept { return windows_; }
    /// Total minutes, 0 <= result <= kMinutesPerWeek.
    [[nodiscard]] int minutes() const noexcept;

    /// True when every minute of `window` is in the set. O(log windows).
    [[nodiscard]] bool contains(WeeklyWindow window) const noexcept;

    [[nodiscard]] WeeklySet united_with(const WeeklySet& other) const;
    [[nodiscard]] WeeklySet without(const WeeklySet& other) const;
    [[nodiscard]] WeeklySet shared_with(const WeeklySet& other) const;

    friend bool operator==(const WeeklySet&, const WeeklySet&) = default;

private:
    std::vector<WeeklyWindow> windows_;
};

}  // namespace convene
