#include "cli/terminal/week_grid.h"

#include <gtest/gtest.h>

#include "cli/terminal/display_width.h"

namespace convene::cli {
namespace {

TEST(WeekGrid, plain_text_has_a_row_per_day_a_number_per_hour_and_dots_for_none) {
    WeekGrid grid{};
    grid[0][0] = 7;
    grid[6][23] = 120;
    const std::string text = week_grid_text(grid, Pen(false));
    EXPECT_NE(text.find("\n  Mon  7  .  .  ."), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("  .120\n")) << text;
    EXPECT_EQ(text.find('\033'), std::string::npos);
}

TEST(WeekGrid, the_highest_number_has_the_warmest_ground) {
    WeekGrid grid{};
    grid[2][10] = 1;
    grid[3][10] = 50;
    const std::string text = week_grid_text(grid, Pen(true));
    EXPECT_NE(text.find("\033[48;5;236;38;5;250m  1\033[0m"), std::string::npos);
    EXPECT_NE(text.find("\033[48;5;208;38;5;16m 50\033[0m"), std::string::npos);
}

}  // namespace
}  // namespace convene::cli
