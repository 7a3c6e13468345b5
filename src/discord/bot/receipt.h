// src/discord/bot/receipt.h: that something which came can no longer be lost.
#pragma once
#include <functional>
#include <future>
#include <mutex>

namespace convene::discord {

/// Given once, by whichever thread gets that far. Dropped without having been given, it says no.
class Receipt {
public:
    /// \param given  called once, before anybody hears of it
    explicit Receipt(std::function<void()> given)
        : given_(std::move(given)), answer_(promise_.get_future().share()) {}
    ~Receipt() {
        if (given_) promise_.set_value(false);
    }
    Receipt(const Receipt&) = delete;
    Receipt& operator=(const Receipt&) = delete;

    /// Later calls do nothing.
    void give() {
        const std::lock_guard lock(mutex_);
        if (!given_) return;
        given_();
        given_ = nullptr;
        promise_.set_value(true);
    }
    /// For whoever waits; may outlive this.
    [[nodiscard]] std::shared_future<bool> answer() const { return answer_; }

private:
    std::mutex mutex_;
    std::function<void()> given_;
    std::promise<bool> promise_;
    std::shared_future<bool> answer_;
};

}  // namespace convene::discord
