// src/cli/terminal/table.h: rows in aligned columns.
#pragma once
#include <string>
#include <vector>

#include "cli/terminal/terminal.h"

namespace convene::cli {

enum class Align { left, right };

struct Column {
    std::string title;
    Align align = Align::left;
    /// When the table is wider than the terminal, columns that may shrink give way, the widest first.
    bool may_shrink = false;
};

struct Cell {
    Cell(std::string content) : text(std::move(content)) {}  // NOLINT: rows are written as lists of texts
    Cell(const char* content) : text(content) {}             // NOLINT
    Cell(std::string content, Ink colour) : text(std::move(content)), ink(colour) {}

    std::string text;
    Ink ink = Ink::plain;
};

/// Two spaces between columns, titles underlined on a terminal. Cells are made printable; no line has
/// blanks at its end.
class Table {
public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    /// One cell per column.
    void add(std::vector<Cell> row);
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

    /// \param width   columns of the terminal; 0 never truncates, for files and pipes
    /// \param indent  spaces before each line
    [[nodiscard]] std::string text(const Pen& pen, int width, int indent = 0) const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace convene::cli
