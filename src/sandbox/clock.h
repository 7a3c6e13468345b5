// src/sandbox/clock.h: the sandbox's own time, which can be moved forward.
#pragma once
#include <chrono>

#include "sandbox/server/instant.h"

namespace convene::sandbox {

/// Runs at the speed of the steady clock from the system time at its making,
/// plus what was added. Never runs back.
class SandboxClock {
public:
    explicit SandboxClock(std::chrono::milliseconds offset = std::chrono::milliseconds(0))
        : offset_(offset),
          started_(std::chrono::steady_clock::now()),
          started_at_(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())) {}

    [[nodiscard]] Instant now() const {
        const auto elapsed = std::chrono::steady_clock::now() - started_;
        return started_at_ + std::chrono::duration_cast<std::chrono::milliseconds>(elapsed) + offset_;
    }
    void advance(std::chrono::milliseconds by) { offset_ += by; }
    /// How far it is ahead of the system's clock by advance().
    [[nodiscard]] std::chrono::milliseconds offset() const { return offset_; }

private:
    std::chrono::milliseconds offset_;
    std::chrono::steady_clock::time_point started_;
    Instant started_at_;
};

}  // namespace convene::sandbox
