// src/core/solve/attendance_map.h: who can be at which series of meetings.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/model/problem.h"

namespace convene {

enum class Presence { free, if_needed, absent };

/// Answers for many people about a fixed list of series. What a series asks of clocks is
/// worked out once per zone. Not for several threads at once.
class AttendanceMap {
public:
    explicit AttendanceMap(const Problem& problem) : problem_(problem) {}

    /// Adds a series; returns its number, from 0 up.
    int add(std::vector<Instant> meetings);
    [[nodiscard]] Presence presence(const Person& person, int series) const;
    /// The same for all series in turn.
    [[nodiscard]] std::vector<Presence> presences(const Person& person) const;

private:
    struct Clock {
        std::vector<WeeklyWindow> windows;
        std::vector<std::size_t> first;  ///< by series, one more entry than series known so far
    };
    const Clock& clock(const Zone& zone) const;

    const Problem& problem_;
    std::vector<std::vector<Instant>> series_;
    mutable std::map<std::string, Clock, std::less<>> clocks_;  ///< by name of zone
};

}  // namespace convene
