#include "web/jobs.h"

#include <algorithm>

#include "app/failure.h"
#include "app/job_id.h"

namespace convene::web {
namespace {

constexpr std::size_t kMostAtOnce = 4;
constexpr std::size_t kMostRemembered = 32;

}  // namespace

void Job::tell(Json event) {
    {
        const std::lock_guard lock(mutex_);
        events_.push_back(event.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    changed_.notify_all();
}

void Job::finish() {
    {
        const std::lock_guard lock(mutex_);
        finished_ = true;
    }
    changed_.notify_all();
}

bool Job::finished() const {
    const std::lock_guard lock(mutex_);
    return finished_;
}

Json Job::latest() const {
    const std::lock_guard lock(mutex_);
    return events_.empty() ? Json() : Json::parse(events_.back());
}

std::optional<std::string> Job::event(std::size_t index, std::chrono::milliseconds patience) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return events_.size() > index || finished_; });
    if (events_.size() <= index) return std::nullopt;
    return events_[index];
}

Jobs::~Jobs() {
    stop();
}

std::shared_ptr<Job> Jobs::start(const std::string& kind, CohortId cohort, std::function<void(Job&)> work) {
    const std::lock_guard lock(mutex_);
    forget_old();
    std::size_t active = 0;
    for (const Running& running : running_) {
        if (running.job->finished()) continue;
        ++active;
        if (running.job->kind() == kind && running.job->cohort() == cohort)
            throw Refusal(409, "busy", "this is being done for the cohort already",
                          {{"job", running.job->id()}});
    }
    if (active >= kMostAtOnce) throw Refusal(503, "busy", "too much is being worked on; try again soon");
    auto job = std::make_shared<Job>(make_job_id(), kind, cohort);
    std::thread thread([job, work = std::move(work)] {
        try {
            work(*job);
        } catch (const Failure& failure) {
            job->tell({{"type", "failed"}, {"message", failure.what()}});
        } catch (const Refusal& refusal) {
            job->tell({{"type", "failed"}, {"message", refusal.what()}});
        } catch (const std::exception&) {
            job->tell({{"type", "failed"}, {"message", "internal error"}});
        }
        job->finish();
    });
    running_.push_back({job, std::move(thread)});
    return job;
}

std::shared_ptr<Job> Jobs::find(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    for (const Running& running : running_)
        if (running.job->id() == id) return running.job;
    return nullptr;
}

std::vector<std::shared_ptr<Job>> Jobs::of(CohortId cohort) const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Job>> found;
    for (auto running = running_.rbegin(); running != running_.rend(); ++running)
        if (running->job->cohort() == cohort) found.push_back(running->job);
    return found;
}

void Jobs::stop() {
    std::vector<Running> all;
    {
        const std::lock_guard lock(mutex_);
        all.swap(running_);
    }
    for (const Running& running : all) running.job->stop();
    for (Running& running : all) running.thread.join();
}

void Jobs::forget_old() {
    while (running_.size() >= kMostRemembered) {
        const auto old = std::find_if(running_.begin(), running_.end(),
                                      [](const Running& running) { return running.job->finished(); });
        if (old == running_.end()) return;
        old->thread.join();
        running_.erase(old);
    }
}

}  // namespace convene::web
