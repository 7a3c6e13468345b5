#include "cli/terminal/table.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "cli/terminal/display_width.h"

namespace convene::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 8;  // a column shrinks no further: less says nothing

std::string aligned(std::string_view text, int width, Align align) {
    return align == Align::left ? padded_right(text, width) : padded_left(text, width);
}

void strip_trailing_blanks(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

}  // namespace

void Table::add(std::vector<Cell> row) {
    assert(row.size() == columns_.size());
    for (Cell& cell : row) cell.text = printable(cell.text);
    rows_.push_back(std::move(row));
}

std::string Table::text(const Pen& pen, int width, int indent) const {
    std::vector<int> widths;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        int widest = display_width(columns_[column].title);
        for (const auto& row : rows_) widest = std::max(widest, display_width(row[column].text));
        widths.push_back(widest);
    }
    const auto total = [&] {
        return std::accumulate(widths.begin(), widths.end(),
                               indent + kGap * (static_cast<int>(widths.size()) - 1));
    };
    while (width > 0 && total() > width) {
        int widest = -1;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const bool shrinks = columns_[column].may_shrink && widths[column] > kNarrowest;
            if (shrinks && (widest < 0 || widths[column] > widths[static_cast<std::size_t>(widest)])) {
                widest = static_cast<int>(column);
            }
        }
        if (widest < 0) break;
        --widths[static_cast<std::size_t>(widest)];
    }

    const std::string margin(static_cast<std::size_t>(indent), ' ');
    std::string result = margin;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (column > 0) result += "  ";
        result += aligned(truncated(columns_[column].title, widths[column]), widths[column],
                          columns_[column].align);
    }
    strip_trailing_blanks(result);
    result = pen(Ink::bold, result) + '\n';

    for (const auto& row : rows_) {
        std::string line = margin;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            if (column > 0) line += "  ";
            const std::string shown = truncated(row[column].text, widths[column]);
            const int blanks = widths[column] - display_width(shown);
            const std::string padding(static_cast<std::size_t>(std::max(0, blanks)), ' ');
            const std::string inked = pen(row[column].ink, shown);
            line += columns_[column].align == Align::left ? inked + padding : padding + inked;
        }
        strip_trailing_blanks(line);
        result += line + '\n';
    }
    return result;
}

}  // namespace convene::cli
