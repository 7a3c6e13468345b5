#include "core/time/zone.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/time/weekly_window.h"

namespace convene {
namespace {

/// No clock on Earth is further from UTC than this; to_instant relies on it.
constexpr Minutes kFurthestOffset = std::chrono::hours(26);

bool is_plausible(Minutes offset) {
    return offset > -kFurthestOffset && offset < kFurthestOffset;
}

}  // namespace

Zone::Zone(std::string name, Minutes initial, std::vector<Change> changes, bool fixed)
    : name_(std::move(name)), initial_(initial), changes_(std::move(changes)), fixed_(fixed) {
    if (name_.empty()) throw std::invalid_argument("Zone: a zone needs a name");
    if (!is_plausible(initial_)) throw std::invalid_argument("Zone " + name_ + ": offset beyond 26 hours");
    for (std::size_t i = 0; i < changes_.size(); ++i) {
        if (!is_plausible(changes_[i].offset)) {
            throw std::invalid_argument("Zone " + name_ + ": offset beyond 26 hours");
        }
        if (i > 0 && changes_[i].at <= changes_[i - 1].at) {
            throw std::invalid_argument("Zone " + name_ + ": changes must rise, as change " +
                                        std::to_string(i) + " does not");
        }
    }
}

std::size_t Zone::changes_until(Instant instant) const noexcept {
    const auto after = std::upper_bound(changes_.begin(), changes_.end(), instant,
                                        [](Instant t, const Change& change) { return t < change.at; });
    return static_cast<std::size_t>(after - changes_.begin());
}

Minutes Zone::offset_at(Instant instant) const noexcept {
    const std::size_t count = changes_until(instant);
    return count == 0 ? initial_ : changes_[count - 1].offset;
}

LocalTime Zone::to_local(Instant instant) const noexcept {
    return LocalTime((instant + offset_at(instant)).time_since_epoch());
}

Instant Zone::to_instant(LocalTime local) const noexcept {
    const Instant as_utc(local.time_since_epoch());
    // Walk the stretches of constant offset, from one that surely begins early enough. `local` lies
    // in a stretch when its instant does; when it comes out before the stretch begins, no stretch
    // has it and the clocks jumped over it: the offset before the jump moves it on by the gap.
    std::size_t next = changes_until(as_utc - kFurthestOffset);
    Minutes offset = next == 0 ? initial_ : changes_[next - 1].offset;
    for (; next < changes_.size(); ++next) {
        if (as_utc - offset < changes_[next].at) break;
        if (as_utc - changes_[next].offset < changes_[next].at) break;
        offset = changes_[next].offset;
    }
    return as_utc - offset;
}

std::span<const Zone::Change> Zone::changes_between(Instant from, Instant to) const noexcept {
    const std::size_t first = changes_until(from);
    const auto end = std::lower_bound(changes_.begin(), changes_.end(), to,
                                      [](const Change& change, Instant t) { return change.at < t; });
    const auto last = static_cast<std::size_t>(end - changes_.begin());
    if (last <= first) return {};
    return std::span(changes_).subspan(first, last - first);
}

ZonePtr utc_zone() {
    static const ZonePtr utc = std::make_shared<const Zone>("UTC", Minutes(0), std::vector<Zone::Change>{});
    return utc;
}

int minute_of_week(LocalTime local) noexcept {
    // Day 0 of the calendar, 1970-01-01, was a Thursday.
    constexpr std::int64_t kEpochMinute = 3 * kMinutesPerDay;
    const std::int64_t minute = (local.time_since_epoch().count() + kEpochMinute) % kMinutesPerWeek;
    return static_cast<int>(minute < 0 ? minute + kMinutesPerWeek : minute);
}

}  // namespace convene
