#include "core/solve/improve/search_beside.h"

#include <algorithm>
#include <utility>

namespace convene {
namespace {

constexpr long kFirstRound = 500'000;
constexpr std::size_t kRounds = 24;

}  // namespace

SearchBeside::SearchBeside(const Instance& instance, const Program& program, Solution start,
                           SearchBesideRequest request)
    : instance_(instance), program_(program), request_(std::move(request)), best_{std::move(start)} {
    if (!request_.threads) return;
    thread_ = std::thread([this] {
        for (std::size_t round = 0; round < kRounds && !stopped(); ++round) search_round();
    });
}

SearchBeside::~SearchBeside() {
    {
        const std::lock_guard lock(mutex_);
        leaving_ = true;
    }
    if (thread_.joinable()) thread_.join();
}

long SearchBeside::work_of(std::size_t round) const {
    return std::min(kFirstRound << std::min<std::size_t>(round, 16), request_.most_work);
}

bool SearchBeside::stopped() const {
    {
        const std::lock_guard lock(mutex_);
        if (leaving_) return true;
    }
    return request_.should_stop && request_.should_stop();
}

void SearchBeside::search_round() {
    const std::size_t round = best_.size() - 1;  // only this function changes it
    const LocalSearchRequest request{request_.seed + round, work_of(round), request_.threshold,
                                     [this] { return stopped(); }};
    Solution found = local_search(instance_, program_, best_.back(), request);
    {
        const std::lock_guard lock(mutex_);
        best_.push_back(std::move(found));
    }
    changed_.notify_one();
}

Solution SearchBeside::after(long work) {
    while (asked_ < kRounds && asked_work_ + work_of(asked_) <= work) asked_work_ += work_of(asked_++);
    if (!request_.threads)
        while (best_.size() <= asked_ && !stopped()) search_round();
    std::unique_lock lock(mutex_);
    const auto there = [this] { return best_.size() > asked_; };
    // Stopped by the caller, the other thread ends without the rounds that are missing.
    while (!there() && !(request_.should_stop && request_.should_stop()))
        changed_.wait_for(lock, std::chrono::milliseconds(20), there);
    return best_[std::min(asked_, best_.size() - 1)];
}

}  // namespace convene
