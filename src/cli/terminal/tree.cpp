#include "cli/terminal/tree.h"

#include <string_view>

namespace convene::cli {
namespace {

void draw(const TreeNode& node, const std::string& first, const std::string& rest, const Pen& pen,
          std::string& out) {
    std::string_view label = node.label;
    bool first_line = true;
    do {
        const std::string_view line = label.substr(0, label.find('\n'));
        label.remove_prefix(std::min(label.size(), line.size() + 1));
        // Further lines of a label keep the line down to its children in sight.
        const std::string lead = first_line ? first : node.children.empty() ? rest + "  " : rest + "│ ";
        out += pen(Ink::dim, lead);
        out += line;
        out += '\n';
        first_line = false;
    } while (!label.empty());
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const bool last = i + 1 == node.children.size();
        draw(node.children[i], rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), pen, out);
    }
}

}  // namespace

std::string draw_tree(const TreeNode& root, const Pen& pen) {
    std::string out;
    draw(root, "", "", pen, out);
    return out;
}

}  // namespace convene::cli
