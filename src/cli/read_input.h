// src/cli/read_input.h: a file, or standard input, as one text.
#pragma once
#include <cstddef>
#include <string>

namespace convene::cli {

/// More than any cohort needs; a limit keeps a mistaken `/dev/zero` from filling the memory.
inline constexpr std::size_t kLargestInput = std::size_t{256} << 20;

/// The whole content of `path`, or of standard input for `-`.
/// \throws BadInput when it is missing, unreadable, a directory or too large
[[nodiscard]] std::string read_input(const std::string& path);

/// How messages call it: the path itself, or `standard input`.
[[nodiscard]] std::string source_name(const std::string& path);

}  // namespace convene::cli
