// src/cli/terminal/tree.h: things inside things, drawn with lines.
#pragma once
#include <string>
#include <vector>

#include "cli/terminal/terminal.h"

namespace convene::cli {

struct TreeNode {
    std::string
        label;  ///< one line, or several separated by '\n'; may carry colour, so callers make it printable
    std::vector<TreeNode> children;
};

/// The root stands at the margin, its descendants hang below it.
[[nodiscard]] std::string draw_tree(const TreeNode& root, const Pen& pen);

}  // namespace convene::cli
