// src/core/time/weekly_window.h: one stretch of time that recurs every week.
//
// A minute of the week is a whole number: 0 is Monday 00:00, 10079 is Sunday
// 23:59. Whose week it is (a person's own, an anchor zone's, UTC) is said
// where a window is used.
#pragma once
#include <compare>
#include <string>

namespace convene {

inline constexpr int kMinutesPerDay = 24 * 60;
inline constexpr int kMinutesPerWeek = 7 * kMinutesPerDay;

/// A half-open interval [start, start + length), taken modulo the week.
/// Keeping a length rather than an end makes Sunday 23:00 to Monday 01:00 an
/// ordinary window (start 10020, length 120): callers have no wrap to handle.
/// An immutable value; copy it freely, across threads too.
class WeeklyWindow {
public:
    /// \param start   minute of the week, 0 <= start < kMinutesPerWeek
    /// \param length  minutes, 1 <= length <= kMinutesPerWeek (always open)
    /// \throws std::invalid_argument naming the parameter and the value it got
    WeeklyWindow(int start, int length);

    [[nodiscard]] int start() const noexcept { return start_; }
    [[nodiscard]] int length() const noexcept { return length_; }

    /// True when each minute of `inner` lies in this window. A window contains itself.
    [[nodiscard]] bool contains(WeeklyWindow inner) const noexcept;

    friend auto operator<=>(const WeeklyWindow&, const WeeklyWindow&) = default;

private:
    int start_;
    int length_;
};

}  // namespace convene
