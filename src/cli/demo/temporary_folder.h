// src/cli/demo/temporary_folder.h: a folder to work in that leaves nothing behind.
#pragma once
#include <filesystem>

namespace convene::cli {

/// Makes a new folder and works in it until destroyed; then it is removed with all its files.
class TemporaryFolder {
public:
    /// \throws std::filesystem::filesystem_error
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path before_;
    std::filesystem::path path_;
};

}  // namespace convene::cli
