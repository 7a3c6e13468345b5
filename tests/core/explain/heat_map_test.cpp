#include "core/explain/heat_map.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_cohort.h"

namespace convene::test {
namespace {

TEST(HeatMap, tiny_cohort_peaks_on_tuesday_evening) {
    const HeatMap map = heat_map(tiny_cohort().build(), utc_zone());
    ASSERT_EQ(map.cells.size(), 168U);
    // f, p1, p2 and p3 are free at 18:00, p4 if needed.
    EXPECT_EQ(map.at(1, 18 * 60), (HeatCell{3, 1, 1, 0}));
    EXPECT_EQ(map.at(1, 17 * 60), (HeatCell{1, 0, 1, 0}));
    EXPECT_EQ(map.at(4, 9 * 60), (HeatCell{2, 0, 0, 0}));
    EXPECT_EQ(map.at(0, 18 * 60), HeatCell{});
}

TEST(HeatMap, cell_counts_only_who_is_free_throughout) {
    const Problem problem =
        ProblemBuilder().participant("p", "UTC", "Mon 10:00-10:30", "Mon 10:30-11:00").build();
    EXPECT_EQ(heat_map(problem, utc_zone()).at(0, 600), (HeatCell{0, 1, 0, 0}));
    const HeatMap halves = heat_map(problem, utc_zone(), 30);
    EXPECT_EQ(halves.at(0, 600), (HeatCell{1, 0, 0, 0}));
    EXPECT_EQ(halves.at(0, 630), (HeatCell{0, 1, 0, 0}));
}

TEST(HeatMap, map_is_drawn_on_the_clock_of_its_zone) {
    // Kathmandu is 5:45 ahead, so its Monday 00:00-01:00 is Sunday 18:15-19:15 in UTC.
    const Problem problem = ProblemBuilder().participant("p", "UTC", "Sun 18:15-19:15").build();
    EXPECT_EQ(heat_map(problem, zone("Asia/Kathmandu")).at(0, 0), (HeatCell{1, 0, 0, 0}));
    EXPECT_EQ(heat_map(problem, utc_zone()).at(6, 18 * 60), HeatCell{});
}

TEST(HeatMap, summer_clocks_hold_when_the_cohort_starts_in_summer) {
    const auto builder = ProblemBuilder().participant("p", "Europe/London", "Mon 10:00-11:00");
    EXPECT_EQ(heat_map(ProblemBuilder(builder).start_date("2025-01-15").build(), utc_zone())
                  .at(0, 600)
                  .participants,
              1);
    EXPECT_EQ(heat_map(ProblemBuilder(builder).start_date("2025-07-15").build(), utc_zone())
                  .at(0, 540)
                  .participants,
              1);
}

}  // namespace
}  // namespace convene::test
