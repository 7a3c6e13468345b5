// src/core/explain/leaders.h: who could lead one more group, and what keeps the others from it.
#pragma once
#include <string>
#include <vector>

#include "core/explain/start_table.h"

namespace convene {

/// Ordered: the nearer to leading, the smaller.
enum class Readiness {
    free,           ///< can attend, has capacity left, no other meeting then
    full,           ///< can attend and has no other meeting then, but leads as many groups as allowed
    busy,           ///< can attend, but leads another meeting then (R6)
    cannot_attend,  ///< hours or anchor do not allow it
};

class Leaders {
public:
    Leaders(const Problem& problem, const Plan& plan, const StartTable& starts);

    [[nodiscard]] Readiness readiness(int facilitator, int option) const;
    /// As readiness(), if their hours were no matter.
    [[nodiscard]] Readiness readiness_with_more_hours(int facilitator, int option) const;
    /// Facilitators who can attend the option, rising, whatever else keeps them from leading.
    [[nodiscard]] const std::vector<int>& able(int option) const {
        return able_[static_cast<std::size_t>(option)];
    }
    [[nodiscard]] bool any_free(int option) const;

    [[nodiscard]] int led(int facilitator) const { return led_[static_cast<std::size_t>(facilitator)]; }
    /// Groups led in other cohorts.
    [[nodiscard]] int led_elsewhere(int facilitator) const {
        return led_elsewhere_[static_cast<std::size_t>(facilitator)];
    }
    /// `Alice (f1) already leads 2 of 2 groups`, for somebody who is not free then.
    [[nodiscard]] std::string obstacle(int facilitator, int option) const;

    /// From now on this facilitator leads one more group, then.
    void add_group(int facilitator, int option);

private:
    struct Meeting {
        Instant start;
        Instant end;
        std::string what;
    };
    [[nodiscard]] bool anchor_allows(int facilitator, int option) const;
    /// The meeting that keeps the facilitator from one at this option; null when there is none.
    [[nodiscard]] const Meeting* clash(int facilitator, int option) const;

    const Problem& problem_;
    const StartTable& starts_;
    std::vector<int> led_;                     ///< groups of this cohort, by index into people()
    std::vector<int> led_elsewhere_;           ///< likewise
    std::vector<std::vector<Meeting>> diary_;  ///< by index into people()
    std::vector<std::vector<int>> able_;       ///< by option
};

}  // namespace convene
