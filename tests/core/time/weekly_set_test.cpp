#include "core/time/weekly_set.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bitset>

#include "core/time/free_runs.h"
#include "tests/support/tiny_cohort.h"
#include "tests/support/weekly_generators.h"

namespace convene {
namespace {

using test::any_weekly_set;
using test::any_weekly_window;
using test::any_weekly_windows;
using test::hours;

/// One bit per minute: what interval code is compared with.
using MinuteBits = std::bitset<kMinutesPerWeek>;

MinuteBits bits_of(const std::vector<WeeklyWindow>& windows) {
    MinuteBits bits;
    for (const WeeklyWindow window : windows) {
        for (int i = 0; i < window.length(); ++i) {
            bits.set(static_cast<std::size_t>((window.start() + i) % kMinutesPerWeek));
        }
    }
    return bits;
}

MinuteBits bits_of(const WeeklySet& set) {
    return bits_of(set.windows());
}

TEST(WeeklySet, holds_exactly_the_minutes_of_its_windows) {
    EXPECT_TRUE(rc::check([] {
        const std::vector<WeeklyWindow> windows = *any_weekly_windows();
        const WeeklySet set(windows);
        RC_ASSERT(bits_of(set) == bits_of(windows));
        RC_ASSERT(static_cast<std::size_t>(set.minutes()) == bits_of(windows).count());
    }));
}

TEST(WeeklySet, keeps_the_fewest_windows_sorted_and_apart) {
    EXPECT_TRUE(rc::check([] {
        const auto windows = (*any_weekly_set()).windows();
        for (std::size_t i = 0; i < windows.size(); ++i) {
            const WeeklyWindow next = windows[(i + 1) % windows.size()];
            const int end = windows[i].start() + windows[i].length();
            if (i + 1 < windows.size()) RC_ASSERT(end < next.start());
            if (i + 1 == windows.size() && i > 0) RC_ASSERT(end < next.start() + kMinutesPerWeek);
        }
        if (windows.size() == 1 && windows[0].length() == kMinutesPerWeek) RC_ASSERT(windows[0].start() == 0);
    }));
}

TEST(WeeklySet, contains_agrees_with_counting_minutes) {
    EXPECT_TRUE(rc::check([] {
        const WeeklySet set = *any_weekly_set();
        const WeeklyWindow window = *any_weekly_window();
        const MinuteBits asked = bits_of(std::vector{window});
        RC_ASSERT(set.contains(window) == ((asked & ~bits_of(set)).none()));
    }));
}

TEST(WeeklySet, contains_every_part_of_its_own_windows) {
    EXPECT_TRUE(rc::check([] {
        const WeeklySet set = *any_weekly_set();
        for (const WeeklyWindow window : set.windows()) {
            RC_ASSERT(set.contains(window));
            const int skip = *rc::gen::inRange(0, window.length());
            const WeeklyWindow rest((window.start() + skip) % kMinutesPerWeek, window.length() - skip);
            RC_ASSERT(set.contains(rest));
        }
    }));
}

TEST(WeeklySet, union_difference_and_intersection_agree_with_counting_minutes) {
    EXPECT_TRUE(rc::check([] {
        const WeeklySet a = *any_weekly_set();
        const WeeklySet b = *any_weekly_set();
        RC_ASSERT(bits_of(a.united_with(b)) == (bits_of(a) | bits_of(b)));
        RC_ASSERT(bits_of(a.without(b)) == (bits_of(a) & ~bits_of(b)));
        RC_ASSERT(bits_of(a.shared_with(b)) == (bits_of(a) & bits_of(b)));
    }));
}

TEST(WeeklySet, sets_with_the_same_minutes_are_equal_however_they_were_made) {
    EXPECT_TRUE(rc::check([] {
        const WeeklySet a = *any_weekly_set();
        const WeeklySet b = *any_weekly_set();
        RC_ASSERT((a == b) == (bits_of(a) == bits_of(b)));
        RC_ASSERT(a.without(b).united_with(a.shared_with(b)) == a);
    }));
}

TEST(FreeRuns, answer_as_the_set_does) {
    EXPECT_TRUE(rc::check([] {
        FreeRuns runs(*any_weekly_set());
        const WeeklySet set = *any_weekly_set();
        runs.assign(set);
        for (int i = 0; i < 20; ++i) {
            const WeeklyWindow window = *any_weekly_window();
            RC_ASSERT(runs.contains(window) == set.contains(window));
        }
        for (const WeeklyWindow window : set.windows()) RC_ASSERT(runs.contains(window));
    }));
}

TEST(WeeklySet, pitfall_12_free_hours_and_if_needed_hours_join_into_one_window) {
    const WeeklySet available(std::vector{WeeklyWindow(540, 30)});
    const WeeklySet if_needed(std::vector{WeeklyWindow(570, 30)});
    const WeeklyWindow hour(540, 60);
    EXPECT_FALSE(available.contains(hour));
    EXPECT_FALSE(if_needed.contains(hour));
    EXPECT_TRUE(available.united_with(if_needed).contains(hour));
}

TEST(WeeklySet, pitfall_3_hours_cut_at_the_weeks_end_hold_an_hour_over_it) {
    const WeeklySet cut = hours("Sun 23:00-24:00, Mon 00:00-01:00");
    EXPECT_EQ(cut, hours("Sun 23:00-01:00"));
    for (const int start : {10020, 10050, 0}) EXPECT_TRUE(cut.contains(WeeklyWindow(start, 60))) << start;
    for (const int start : {9990, 30}) EXPECT_FALSE(cut.contains(WeeklyWindow(start, 60))) << start;
}

TEST(WeeklySet, pitfall_5_minutes_off_the_half_hour_are_kept) {
    const WeeklySet set = hours("Mon 09:15-10:00");
    EXPECT_TRUE(set.contains(WeeklyWindow(555, 45)));
    EXPECT_FALSE(set.contains(WeeklyWindow(540, 45)));
    EXPECT_FALSE(set.contains(WeeklyWindow(555, 46)));
}

}  // namespace
}  // namespace convene
