// src/sandbox/sandbox.h: the whole of a running sandbox, behind one lock.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>

#include "sandbox/clock.h"
#include "sandbox/endpoint/endpoint.h"
#include "sandbox/gateway/gateway.h"
#include "sandbox/rest/exchange_file.h"
#include "sandbox/rest/faults.h"
#include "sandbox/rest/rate_limit.h"
#include "sandbox/rest/request_log.h"
#include "sandbox/server/world.h"
#include "sandbox/state/state_file.h"
#include "sandbox/watch/leak_watch.h"

namespace convene::sandbox {

/// Whoever touches a member holds the mutex; requests are served one at a time.
struct Sandbox {
    std::mutex mutex;
    std::condition_variable answered;  ///< with the mutex: an API request has been carried out
    World world;
    SandboxClock clock;
    RateLimiter limiter;
    FaultPlan faults;
    RequestLog log;
    Gateway gateway;
    Endpoint endpoint;
    LeakWatch leaks;
    std::unique_ptr<StateFile> file;          ///< none without --state
    std::unique_ptr<ExchangeFile> exchanges;  ///< none unless a test asks for it
    std::string gateway_url;

    /// The time, with every event brought up to it.
    Instant tick();
    /// Passes on what has changed: to the state file, the leak watch, the gateway's sessions,
    /// the interactions endpoint.
    void keep_changes();
    void keep(const RequestRecord& record) {
        if (file) file->append(record);
    }
};

}  // namespace convene::sandbox
