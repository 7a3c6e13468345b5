// src/discord/bot/progress_editor.h: the latest state of a long job, shown every few seconds.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace convene::discord {

class ProgressEditor {
public:
    /// Shows a text; false when there is nowhere to show any more.
    using Show = std::function<bool(const std::string& text, const std::function<bool()>& should_stop)>;

    /// \param interval  between two showings, at least
    ProgressEditor(std::chrono::milliseconds interval, Show show);
    /// Waits until nothing is being shown: what is shown afterwards stays.
    ~ProgressEditor();
    ProgressEditor(const ProgressEditor&) = delete;
    ProgressEditor& operator=(const ProgressEditor&) = delete;

    /// Any thread; returns at once. Texts that are overtaken by later ones are never shown.
    void tell(const std::string& text);

private:
    void serve();

    std::chrono::milliseconds interval_;
    Show show_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string latest_;
    std::string shown_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace convene::discord
