// src/cli/demo/server_tree.h: a Discord server as the sandbox shows it, drawn as a tree.
#pragma once
#include <functional>
#include <string>

#include "cli/terminal/tree.h"

namespace convene::cli {

/// \param ask    GET of a path on the control port, such as `/state`; the reply's body
/// \param width  columns for long labels
[[nodiscard]] TreeNode server_tree(const std::function<std::string(const std::string& path)>& ask,
                                   const Pen& pen, int width);

}  // namespace convene::cli
