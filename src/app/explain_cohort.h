// src/app/explain_cohort.h: why people are in no group, and what would help.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/build_problem.h"
#include "app/ports/cohort_store.h"
#include "core/model/plan.h"

namespace convene {

struct PersonExplanation {
    enum class Standing {
        grouped,
        unplaced,   ///< reason and detail say why
        set_aside,  ///< detail says what to mend
        waiting,    ///< signed up after the last run, or a facilitator without a group
    };
    UserId user_id;
    std::string name;
    Role role = Role::participant;
    Standing standing = Standing::waiting;
    std::string group_name;                ///< grouped: where (facilitators: all, with commas)
    std::optional<UnplacedReason> reason;  ///< unplaced
    std::string detail;                    ///< one sentence for the organiser
    std::optional<Cure> cure;
    std::string letter;  ///< a few sentences fit to send to that person
};
[[nodiscard]] std::string_view to_string(PersonExplanation::Standing standing) noexcept;

struct CohortExplanation {
    CohortRow cohort;
    std::vector<PersonExplanation> people;  ///< those in no group, by name; with a person asked for: that one
    std::vector<Cure> cures;                ///< for the organiser, those that place most people first
    std::vector<std::string> warnings;
};

/// Works from what the database says now. What no plan can pass is searched anew, for a few seconds at most.
/// \param person  as find_person reads it; empty: everybody who is in no group
[[nodiscard]] tl::expected<CohortExplanation, InputFaults> explain_cohort(
    const CohortSnapshot& cohort, const ZoneTable& zones, std::optional<std::string_view> person = {});

}  // namespace convene
