#include "cli/terminal/tree.h"

#include <gtest/gtest.h>

namespace convene::cli {
namespace {

TEST(Tree, branches_show_which_child_belongs_to_whom) {
    const TreeNode root{"server", {{"category", {{"text", {}}, {"voice", {}}}}, {"events", {}}}};
    EXPECT_EQ(draw_tree(root, Pen(false)),
              "server\n"
              "├─ category\n"
              "│  ├─ text\n"
              "│  └─ voice\n"
              "└─ events\n");
}

TEST(Tree, further_lines_of_a_label_stay_within_its_branch) {
    const TreeNode root{"server", {{"first\nmore", {{"child", {}}}}, {"last\nmore", {}}}};
    EXPECT_EQ(draw_tree(root, Pen(false)),
              "server\n"
              "├─ first\n"
              "│  │ more\n"
              "│  └─ child\n"
              "└─ last\n"
              "     more\n");
}

}  // namespace
}  // namespace convene::cli
