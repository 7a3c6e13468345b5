// src/core/model/plan.h: an answer: who meets when, who is left out and why.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/cure.h"
#include "core/time/instant.h"
#include "core/time/weekly_start.h"

namespace convene {

/// People are named by id, so that a plan from anywhere can be read and
/// judged, a wrong one too. check_plan says whether it may be trusted.
struct PlannedGroup {
    std::string name;
    std::string anchor = "UTC";  ///< zone in which `start` is meant
    WeeklyStart start;
    std::vector<Instant> meetings;          ///< all N, rising
    std::string facilitator;                ///< empty for a self-led group
    std::vector<std::string> participants;  ///< sorted
    /// Members, facilitator included, who rely on if-needed time; sorted.
    std::vector<std::string> if_needed;
    /// Other starts, in the anchor zone, that all members share; sorted.
    std::vector<WeeklyStart> spare_starts;
    /// With fit first-meeting, by meeting: the members who cannot attend that one, sorted, as
    /// members_outside() finds them. Empty with fit every-meeting, where nobody may be outside.
    std::vector<std::vector<std::string>> outside;

    friend bool operator==(const PlannedGroup&, const PlannedGroup&) = default;
};

/// Spelled as in files and databases; the first that applies is given
/// (docs/decisions/031-reasons.md says when each does).
enum class UnplacedReason {
    no_availability,
    no_facilitator_overlap,
    too_few_peers,
    facilitator_capacity,
    rule_conflict,
    outcompeted,
};
[[nodiscard]] std::string_view to_string(UnplacedReason reason) noexcept;
[[nodiscard]] std::optional<UnplacedReason> unplaced_reason_from(std::string_view text) noexcept;

struct UnplacedPerson {
    std::string person;
    UnplacedReason reason = UnplacedReason::outcompeted;
    std::string detail;        ///< one sentence for people
    std::optional<Cure> cure;  ///< the cheapest found; empty when none was looked for or found

    friend bool operator==(const UnplacedPerson&, const UnplacedPerson&) = default;
};

/// The two proven objectives: O1 (more is better), then O2 (fewer is better).
struct Objective {
    int placed = 0;
    int if_needed = 0;

    friend bool operator==(const Objective&, const Objective&) = default;
};

enum class PlanStatus {
    optimal,   ///< O1 and O2 are proven: bound equals objective
    feasible,  ///< a valid plan; the search ended before the proof
};
[[nodiscard]] std::string_view to_string(PlanStatus status) noexcept;
[[nodiscard]] std::optional<PlanStatus> plan_status_from(std::string_view text) noexcept;

struct Plan {
    PlanStatus status = PlanStatus::feasible;
    Objective objective;
    /// placed: no valid plan places more. if_needed: no valid plan that places objective.placed has fewer.
    Objective bound;
    std::vector<PlannedGroup> groups;  ///< by first meeting, then facilitator; fixed groups keep their names
    std::vector<UnplacedPerson> unplaced;  ///< sorted by person id
    std::vector<std::string> warnings;
    std::uint64_t seed = 0;

    friend bool operator==(const Plan&, const Plan&) = default;
};

}  // namespace convene
