// src/core/model/cure.h: one change that would place somebody who is left out.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time/weekly_start.h"
#include "core/time/weekly_window.h"

namespace convene {

/// A change to the cohort, and whom it would place. Fields that a kind does
/// not mention are empty.
struct Cure {
    enum class Kind {
        hours,              ///< `person`, a participant, adds `hours` and takes a free seat of `group`
        facilitator_hours,  ///< `person`, a facilitator, adds `hours` and leads a new group at `start`
        facilitator_group,  ///< `person`, a facilitator, leads one group more, at `start`: `limit` in all
        max_size,           ///< groups may have up to `limit` members
        min_size,           ///< groups may have as few as `limit` members
    };
    Kind kind = Kind::hours;
    std::string person;                ///< who changes something
    std::string zone;                  ///< of `hours`: the person's own
    std::vector<WeeklyWindow> hours;   ///< local hours to add, sorted
    std::string group;                 ///< name of the group with a free seat
    std::string anchor;                ///< zone of `start`
    std::optional<WeeklyStart> start;  ///< when the group meets
    int limit = 0;                     ///< the new max_groups, max_size or min_size
    int places = 0;                    ///< how many unplaced participants it places, at least 1
    std::string detail;                ///< one sentence for people

    friend bool operator==(const Cure&, const Cure&) = default;
};

/// Enumerators are spelled as in files.
[[nodiscard]] std::string_view to_string(Cure::Kind kind) noexcept;
[[nodiscard]] std::optional<Cure::Kind> cure_kind_from(std::string_view text) noexcept;

/// `Tuesday 19:00-20:00`, `Sunday 23:30-00:30`.
[[nodiscard]] std::string hours_text(WeeklyWindow hours);

}  // namespace convene
