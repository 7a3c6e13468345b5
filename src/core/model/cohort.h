// src/core/model/cohort.h: what a cohort is and by which rules it is grouped.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/time/instant.h"
#include "core/time/zone.h"

namespace convene {

/// In which zone a group's weekly time stays put when clocks change.
struct Anchor {
    enum class Kind {
        utc,          ///< the UTC time stays; this is the default
        zone,         ///< the time in `zone` stays
        facilitator,  ///< each group's time stays in its facilitator's zone
        best,         ///< per group, UTC or the zone of a member, whichever lets more attend
    };
    Kind kind = Kind::utc;
    ZonePtr zone;  ///< set for Kind::zone only
};

enum class Fit {
    every_meeting,  ///< all N real meetings must fit everyone
    first_meeting,  ///< only the first must; the plan lists who falls outside later
};

/// `every-meeting`, `first-meeting`: as in files.
[[nodiscard]] std::string_view to_string(Fit fit) noexcept;
[[nodiscard]] std::optional<Fit> fit_from(std::string_view text) noexcept;

/// The calendar of a cohort.
struct Schedule {
    Date start_date{};
    int number_of_group_meetings = 0;  ///< weekly, 1…520
    int meeting_minutes = 60;          ///< elapsed time, 1…10080
    Anchor anchor;
};

/// The numbers behind R1–R6 and the objectives; defaults as documented in docs/model.md.
struct Rules {
    int min_size = 4;
    int max_size = 8;
    bool count_facilitator = false;
    bool use_if_needed = true;
    int start_step_minutes = 30;  ///< candidates lie on this grid of the anchor's day; divides 1440
    Fit fit = Fit::every_meeting;
    int facilitator_buffer_minutes = 0;
    std::optional<int> target_size = std::nullopt;  ///< empty: the middle of min and max, rounded up

    [[nodiscard]] int target() const noexcept { return target_size.value_or((min_size + max_size + 1) / 2); }

    friend bool operator==(const Rules&, const Rules&) = default;
};

}  // namespace convene
