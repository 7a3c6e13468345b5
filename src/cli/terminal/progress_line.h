// src/cli/terminal/progress_line.h: the live line on standard error while something takes its time.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "cli/terminal/terminal.h"

namespace convene::cli {

/// Draws a moving mark, the elapsed seconds and the last text given to update(), from a thread of its own:
/// the line keeps moving while the caller computes. It appears after a moment (quick work shows nothing), is
/// wiped when the object goes, and is silent where standard error is no terminal.
class ProgressLine {
public:
    ProgressLine(const Terminal& terminal, std::string text);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Any thread may call.
    void update(std::string text);

private:
    void run();

    bool live_;
    Pen pen_;
    int width_;
    std::chrono::steady_clock::time_point started_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::string text_;
    bool done_ = false;
    std::thread thread_;
};

}  // namespace convene::cli
