#include "cli/terminal/week_grid.h"

#include <fmt/format.h>
#include <algorithm>

#include "core/time/weekly_start.h"

namespace convene::cli {
namespace {

struct Ground {
    int background;
    int foreground;
};
// Of the 256-colour palette, from almost nothing to most; text stays readable on each.
constexpr std::array<Ground, 6> kGrounds = {
    {{236, 250}, {23, 255}, {29, 255}, {71, 16}, {178, 16}, {208, 16}}};

std::string cell(int count, int highest, const Pen& pen) {
    const std::string text = count == 0 ? "  ." : fmt::format("{:>3}", count);
    if (count == 0 || !pen.colour()) return count == 0 ? pen(Ink::dim, text) : text;
    const std::size_t step =
        static_cast<std::size_t>(count) * kGrounds.size() / (static_cast<std::size_t>(highest) + 1);
    return pen.on(kGrounds[step].background, kGrounds[step].foreground, text);
}

}  // namespace

std::string week_grid_text(const WeekGrid& grid, const Pen& pen) {
    int highest = 0;
    for (const auto& day : grid) highest = std::max(highest, *std::max_element(day.begin(), day.end()));
    std::string text = "     ";
    for (int hour = 0; hour < 24; ++hour) text += fmt::format(" {:02}", hour);
    text = pen(Ink::bold, text) + '\n';
    for (std::size_t day = 0; day < grid.size(); ++day) {
        text += fmt::format("  {}", weekday_name(static_cast<int>(day)).substr(0, 3));
        for (const int count : grid[day]) text += cell(count, highest, pen);
        text += '\n';
    }
    return text;
}

}  // namespace convene::cli
