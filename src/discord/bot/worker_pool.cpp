#include "discord/bot/worker_pool.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "discord/bot/log_line.h"

namespace convene::discord {
namespace {

/// Linux keeps a niceness for each thread; those it starts inherit it.
void be_nice(int niceness) {
    if (niceness == 0) return;
    const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
    const int now = ::getpriority(PRIO_PROCESS, thread);
    (void)::setpriority(PRIO_PROCESS, thread, now + niceness);
}

}  // namespace

WorkerPool::WorkerPool(Settings settings, OpenDatabase open_database)
    : settings_(std::move(settings)), open_database_(std::move(open_database)) {
    for (int i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { serve(); });
}

WorkerPool::~WorkerPool() {
    stop();
}

void WorkerPool::add(Work work) {
    add_after(std::chrono::milliseconds(0), std::move(work));
}

void WorkerPool::add_after(std::chrono::milliseconds delay, Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        queue_.emplace(std::chrono::steady_clock::now() + delay, std::move(work));
    }
    changed_.notify_one();
}

void WorkerPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

std::size_t WorkerPool::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void WorkerPool::serve() {
    be_nice(settings_.niceness);
    std::unique_ptr<Database> database;
    std::unique_lock lock(mutex_);
    for (;;) {
        if (queue_.empty()) {
            if (stopping_) return;
            changed_.wait(lock);
            continue;
        }
        const Time due = queue_.begin()->first;
        if (!stopping_ && due > std::chrono::steady_clock::now()) {
            changed_.wait_until(lock, due);
            continue;
        }
        const Work work = std::move(queue_.begin()->second);
        queue_.erase(queue_.begin());
        lock.unlock();
        carry_out(work, database);
        lock.lock();
    }
}

void WorkerPool::carry_out(const Work& work, std::unique_ptr<Database>& database) const {
    try {
        if (!database) database = open_database_();
    } catch (const std::exception& error) {
        LogLine("no database").with("pool", settings_.name).with("why", error.what()).error();
        if (work.fail) work.fail(error.what());
        return;
    }
    try {
        work.run(*database);
    } catch (const std::exception& error) {
        LogLine("work failed").with("pool", settings_.name).with("why", error.what()).error();
    }
}

}  // namespace convene::discord
