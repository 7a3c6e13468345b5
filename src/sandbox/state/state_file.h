// src/sandbox/state/state_file.h: the world on disk, one line per change.
//
// Lines are only appended, each in one write before the request that caused it
// is answered: whatever kills the process, nothing acknowledged is lost. A line
// cut short at the end of the file was never acknowledged and is passed over.
// Loading ends by writing the file anew, without what later lines replaced.
#pragma once
#include <chrono>
#include <filesystem>
#include <vector>

#include "sandbox/rest/request_log.h"
#include "sandbox/server/world.h"

namespace convene::sandbox {

class StateFile {
public:
    /// Opens the file, or makes an empty one.
    /// \throws SandboxFailure
    explicit StateFile(std::filesystem::path path);
    ~StateFile();
    StateFile(const StateFile&) = delete;
    StateFile& operator=(const StateFile&) = delete;

    /// False, and nothing touched, when the file holds no state yet.
    /// \throws SandboxFailure when it holds something else
    [[nodiscard]] bool load(World& world, std::chrono::milliseconds& clock_offset, RequestLog& log);

    /// Replaces the file by one that holds exactly this.
    void rewrite(const World& world, std::chrono::milliseconds clock_offset, const RequestLog& log);

    void append(const World& world, const std::vector<Change>& changes);
    void append(const RequestRecord& record);
    void append_clock(std::chrono::milliseconds offset);

private:
    void write(const std::string& text);

    std::filesystem::path path_;
    int descriptor_ = -1;
};

}  // namespace convene::sandbox
