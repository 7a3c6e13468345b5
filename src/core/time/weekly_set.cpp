#include "core/time/weekly_set.h"

#include <algorithm>

namespace convene {
namespace {

/// [begin, end) with 0 <= begin < end <= kMinutesPerWeek: the circle cut open at Monday 00:00,
/// which is where sorting and merging are simple.
struct Stretch {
    int begin;
    int end;
};

void append_cut(std::vector<Stretch>& out, WeeklyWindow window) {
    const int end = window.start() + window.length();
    if (end <= kMinutesPerWeek) {
        out.push_back({window.start(), end});
        return;
    }
    out.push_back({window.start(), kMinutesPerWeek});
    out.push_back({0, end - kMinutesPerWeek});
}

/// Sorted, disjoint, not touching.
std::vector<Stretch> merged(std::vector<Stretch> stretches) {
    std::sort(stretches.begin(), stretches.end(), [](Stretch a, Stretch b) { return a.begin < b.begin; });
    std::vector<Stretch> out;
    for (const Stretch stretch : stretches) {
        if (!out.empty() && stretch.begin <= out.back().end) {
            out.back().end = std::max(out.back().end, stretch.end);
        } else {
            out.push_back(stretch);
        }
    }
    return out;
}

std::vector<Stretch> cut_open(std::span<const WeeklyWindow> windows) {
    std::vector<Stretch> stretches;
    stretches.reserve(windows.size() + 1);
    for (const WeeklyWindow window : windows) append_cut(stretches, window);
    return merged(std::move(stretches));
}

/// Closes the circle again; the stretches are as merged() leaves them.
std::vector<WeeklyWindow> closed(const std::vector<Stretch>& stretches) {
    std::vector<WeeklyWindow> windows;
    if (stretches.empty()) return windows;
    const bool wraps =
        stretches.size() > 1 && stretches.front().begin == 0 && stretches.back().end == kMinutesPerWeek;
    windows.reserve(stretches.size());
    for (std::size_t i = wraps ? 1 : 0; i < stretches.size(); ++i) {
        const bool takes_first = wraps && i + 1 == stretches.size();
        windows.emplace_back(stretches[i].begin, stretches[i].end - stretches[i].begin +
                                                     (takes_first ? stretches.front().end : 0));
    }
    return windows;
}

}  // namespace

WeeklySet::WeeklySet(std::span<const WeeklyWindow> windows) : windows_(closed(cut_open(windows))) {}

int WeeklySet::minutes() const noexcept {
    int total = 0;
    for (const WeeklyWindow window : windows_) total += window.length();
    return total;
}

bool WeeklySet::contains(WeeklyWindow window) const noexcept {
    if (windows_.empty()) return false;
    // Windows are disjoint and do not touch, so only the one that holds the first minute can hold
    // all: the last to start at or before it, or else the one that spans the end of the week.
    const auto after = std::upper_bound(windows_.begin(), windows_.end(), window.start(),
                                        [](int start, WeeklyWindow w) { return start < w.start(); });
    const WeeklyWindow candidate = after == windows_.begin() ? windows_.back() : *std::prev(after);
    return candidate.contains(window);
}

WeeklySet WeeklySet::united_with(const WeeklySet& other) const {
    std::vector<WeeklyWindow> both = windows_;
    both.insert(both.end(), other.windows_.begin(), other.windows_.end());
    return WeeklySet(both);
}

WeeklySet WeeklySet::without(const WeeklySet& other) const {
    const std::vector<Stretch> holes = cut_open(other.windows_);
    std::vector<Stretch> left;
    for (Stretch stretch : cut_open(windows_)) {
        for (const Stretch hole : holes) {
            if (hole.end <= stretch.begin) continue;
            if (hole.begin >= stretch.end) break;
            if (hole.begin > stretch.begin) left.push_back({stretch.begin, hole.begin});
            stretch.begin = std::min(hole.end, stretch.end);
        }
        if (stretch.begin < stretch.end) left.push_back(stretch);
    }
    WeeklySet result;
    result.windows_ = closed(left);
    return result;
}

WeeklySet WeeklySet::shared_with(const WeeklySet& other) const {
    return without(without(other));
}

}  // namespace convene
