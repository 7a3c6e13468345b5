#include "tests/support/files.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace convene::test {

std::filesystem::path data_path(const std::string& name) {
    return std::filesystem::path(CONVENE_SOURCE_DIR) / "tests" / "data" / name;
}

std::string read_data(const std::string& name) {
    const std::ifstream file(data_path(name), std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + data_path(name).string());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace convene::test
