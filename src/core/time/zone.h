// src/core/time/zone.h: how one time zone's clocks relate to UTC.
//
// Core has no zone database: a Zone is plain data (its changes of offset),
// made outside by a ZoneTable and handed in.
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time/instant.h"

namespace convene {

/// One time zone. Immutable; share it freely, across threads too.
class Zone {
public:
    struct Change {
        Instant at;         ///< first instant at which `offset` holds
        Minutes offset{0};  ///< local = UTC + offset
    };

    /// \param name     as written by people: `America/New_York`, `UTC+05:45`
    /// \param initial  the offset before the first change
    /// \param changes  rising by `at`
    /// \param fixed    true for an offset that people wrote instead of a zone: it
    ///                 knows of no clock change, and reports say so
    /// \throws std::invalid_argument for an empty name, changes that do not rise,
    ///         or an offset of 26 hours or more
    Zone(std::string name, Minutes initial, std::vector<Change> changes, bool fixed = false);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] bool fixed() const noexcept { return fixed_; }

    [[nodiscard]] Minutes offset_at(Instant instant) const noexcept;
    [[nodiscard]] LocalTime to_local(Instant instant) const noexcept;

    /// The instant at which clocks show `local`. A time that does not exist
    /// (spring forward) is moved forward by the gap; of one that occurs twice,
    /// the first is meant.
    [[nodiscard]] Instant to_instant(LocalTime local) const noexcept;

    /// Changes with from < at < to, rising; valid as long as the zone.
    [[nodiscard]] std::span<const Change> changes_between(Instant from, Instant to) const noexcept;

private:
    /// How many changes have happened by `instant`, one at that very moment included.
    [[nodiscard]] std::size_t changes_until(Instant instant) const noexcept;

    std::string name_;
    Minutes initial_;
    std::vector<Change> changes_;
    bool fixed_;
};

using ZonePtr = std::shared_ptr<const Zone>;

/// UTC itself, never null.
[[nodiscard]] ZonePtr utc_zone();

/// Minute of the local week, 0 is Monday 00:00.
[[nodiscard]] int minute_of_week(LocalTime local) noexcept;

}  // namespace convene
