// src/sandbox/sandbox.h: the whole of a running sandbox, behind one lock.
#pragma once
#include <memory>
#include <mutex>

#include "sandbox/clock.h"
#include "sandbox/rest/faults.h"
#include "sandbox/rest/rate_limit.h"
#include "sandbox/rest/request_log.h"
#include "sandbox/server/world.h"
#include "sandbox/state/state_file.h"

namespace convene::sandbox {

/// Whoever touches a member holds the mutex; requests are served one at a time.
struct Sandbox {
    std::mutex mutex;
    World world;
    SandboxClock clock;
    RateLimiter limiter;
    FaultPlan faults;
    RequestLog log;
    std::unique_ptr<StateFile> file;  ///< none without --state
    std::string gateway_url;

    /// The time, with every event brought up to it.
    Instant tick();
    /// Writes what has changed to the state file.
    void keep_changes();
    void keep(const RequestRecord& record) {
        if (file) file->append(record);
    }
};

}  // namespace convene::sandbox
