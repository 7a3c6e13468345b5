// tests/support/files.h: the files that tests bring along.
#pragma once
#include <filesystem>
#include <string>

namespace convene::test {

/// Below tests/data.
[[nodiscard]] std::filesystem::path data_path(const std::string& name);
/// The whole file. \throws std::runtime_error when it cannot be read
[[nodiscard]] std::string read_data(const std::string& name);

}  // namespace convene::test
