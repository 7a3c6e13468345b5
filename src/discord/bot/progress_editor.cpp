#include "discord/bot/progress_editor.h"

namespace convene::discord {

ProgressEditor::ProgressEditor(std::chrono::milliseconds interval, Show show)
    : interval_(interval), show_(std::move(show)), thread_([this] { serve(); }) {}

ProgressEditor::~ProgressEditor() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void ProgressEditor::tell(const std::string& text) {
    {
        const std::lock_guard lock(mutex_);
        latest_ = text;
    }
    changed_.notify_all();
}

void ProgressEditor::serve() {
    const auto should_stop = [this] {
        const std::lock_guard lock(mutex_);
        return stopping_;
    };
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || latest_ != shown_; });
        if (stopping_) return;
        const std::string text = latest_;
        lock.unlock();
        const bool goes_on = show_(text, should_stop);
        const auto next = std::chrono::steady_clock::now() + interval_;
        lock.lock();
        shown_ = text;
        if (!goes_on) return;
        changed_.wait_until(lock, next, [this] { return stopping_; });
        if (stopping_) return;
    }
}

}  // namespace convene::discord
