// src/web/jobs.h: work that takes longer than a request, and what it tells meanwhile.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/ids.h"
#include "web/reply.h"

namespace convene::web {

/// One piece of work. Its events stay until it is forgotten, so that whoever comes late or comes back
/// reads them from the beginning.
class Job {
public:
    Job(std::string id, std::string kind, CohortId cohort)
        : id_(std::move(id)), kind_(std::move(kind)), cohort_(cohort) {}

    [[nodiscard]] const std::string& id() const noexcept { return id_; }
    [[nodiscard]] const std::string& kind() const noexcept { return kind_; }
    [[nodiscard]] CohortId cohort() const noexcept { return cohort_; }

    /// From the work itself. Asked often: true once somebody wants it to end.
    [[nodiscard]] bool stopped() const noexcept { return stopped_.load(std::memory_order_relaxed); }
    void tell(Json event);

    void stop() noexcept { stopped_ = true; }
    [[nodiscard]] bool finished() const;
    /// The last event so far; null without one.
    [[nodiscard]] Json latest() const;
    /// Event `index` as JSON text, waiting for it as long as `patience`; empty when none came, or none will.
    [[nodiscard]] std::optional<std::string> event(std::size_t index,
                                                   std::chrono::milliseconds patience) const;

private:
    friend class Jobs;
    void finish();

    std::string id_;
    std::string kind_;
    CohortId cohort_;
    std::atomic<bool> stopped_ = false;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<std::string> events_;
    bool finished_ = false;
};

class Jobs {
public:
    ~Jobs();
    /// Runs `work` on a thread of its own. What it throws becomes an event `failed`.
    /// \throws Refusal when too many run, or one of this kind runs for the cohort
    [[nodiscard]] std::shared_ptr<Job> start(const std::string& kind, CohortId cohort,
                                             std::function<void(Job&)> work);
    /// Null when there is none.
    [[nodiscard]] std::shared_ptr<Job> find(const std::string& id) const;
    /// Newest first, finished ones too as long as they are remembered.
    [[nodiscard]] std::vector<std::shared_ptr<Job>> of(CohortId cohort) const;
    /// Asks all to end and waits for them.
    void stop();

private:
    struct Running {
        std::shared_ptr<Job> job;
        std::thread thread;
    };
    void forget_old();

    mutable std::mutex mutex_;
    std::vector<Running> running_;  ///< oldest first, finished ones too
};

}  // namespace convene::web
