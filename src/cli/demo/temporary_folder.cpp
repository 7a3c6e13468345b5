#include "cli/demo/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace convene::cli {

TemporaryFolder::TemporaryFolder() : before_(std::filesystem::current_path()) {
    std::string pattern = (std::filesystem::temp_directory_path() / "convene-demo-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
        throw std::filesystem::filesystem_error("cannot make a temporary folder", pattern,
                                                std::error_code(errno, std::generic_category()));
    }
    path_ = pattern;
    std::filesystem::current_path(path_);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;  // the system clears its folder for temporary files sooner or later
    std::filesystem::current_path(before_, ignored);
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace convene::cli
