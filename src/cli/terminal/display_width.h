// src/cli/terminal/display_width.h: how many columns a text takes on a terminal.
//
// Names come from everywhere: CJK takes two columns a letter, combining marks
// none, an emoji of several code points two in all.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace convene::cli {

/// Columns that `text` (UTF-8, one line) takes. A byte that is no UTF-8 counts as one.
[[nodiscard]] int display_width(std::string_view text);

/// The longest beginning of `text` that fits into `columns`, ending in `…` when something was cut off. Never
/// cuts inside a letter and its combining marks. `columns` is at least 1.
[[nodiscard]] std::string truncated(std::string_view text, int columns);

/// `text` followed by spaces up to `columns`; unchanged when it is wider.
[[nodiscard]] std::string padded_right(std::string_view text, int columns);
[[nodiscard]] std::string padded_left(std::string_view text, int columns);

/// `text` with control characters (line breaks, escape sequences, bidirectional overrides) and malformed
/// bytes replaced by U+FFFD: what a file or a database says must not steer the terminal.
[[nodiscard]] std::string printable(std::string_view text);

/// `text` broken at spaces into lines of at most `columns`; a longer word stands alone on its line.
[[nodiscard]] std::string wrapped(std::string_view text, int columns, std::string_view indent);

}  // namespace convene::cli
