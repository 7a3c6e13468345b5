// src/discord/bot/worker_pool.h: threads with a database connection each.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/ports/database.h"

namespace convene::discord {

using OpenDatabase = std::function<std::unique_ptr<Database>()>;

struct Work {
    /// What it throws is logged and otherwise lost.
    std::function<void(Database& database)> run;
    /// Instead, when no database could be opened; may be empty.
    std::function<void(const std::string& why)> fail;
};

class WorkerPool {
public:
    struct Settings {
        std::string name;  ///< for logs
        int threads = 1;
        /// Added to the niceness of its threads and of those that they start: whoever answers people goes
        /// before whoever computes.
        int niceness = 0;
    };

    /// A connection is opened when a thread first has something to do.
    WorkerPool(Settings settings, OpenDatabase open_database);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Any thread; returns at once. After stop() it is dropped.
    void add(Work work);
    void add_after(std::chrono::milliseconds delay, Work work);

    /// Does what waits, delayed work at once, and joins the threads.
    void stop();

    [[nodiscard]] std::size_t waiting() const;

private:
    using Time = std::chrono::steady_clock::time_point;

    void serve();
    void carry_out(const Work& work, std::unique_ptr<Database>& database) const;

    Settings settings_;
    OpenDatabase open_database_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<Time, Work> queue_;  ///< by when it is due
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace convene::discord
