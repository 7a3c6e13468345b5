// src/core/time/free_runs.h: a WeeklySet unrolled for very many questions.
#pragma once
#include <cstdint>
#include <vector>

#include "core/time/weekly_set.h"

namespace convene {

/// For each minute of the week, how long the set goes on from there. Answers
/// the same as WeeklySet::contains with one look-up; worth its 20 kB and one
/// pass over the week when a person is asked about hundreds of starts.
class FreeRuns {
public:
    explicit FreeRuns(const WeeklySet& hours) { assign(hours); }
    /// Keeps the memory: one FreeRuns can serve person after person.
    void assign(const WeeklySet& hours);

    [[nodiscard]] bool contains(WeeklyWindow window) const noexcept {
        return runs_[static_cast<std::size_t>(window.start())] >= window.length();
    }

private:
    std::vector<std::uint16_t> runs_;  ///< by minute of the week; 0: not in the set
};

}  // namespace convene
