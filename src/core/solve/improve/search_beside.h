// src/core/solve/improve/search_beside.h: local search that goes on while linear programs are solved.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/solve/improve/local_search.h"

namespace convene {

struct SearchBesideRequest {
    std::uint64_t seed = 0;
    int threshold = 0;    ///< of each round: see LocalSearchRequest
    long most_work = 0;   ///< of a round, in attends looked at
    bool threads = true;  ///< false: rounds are searched only when they are asked for, with the same results
    std::function<bool()> should_stop;  ///< asked on both threads; may be empty
};

/// Rounds of local search, each from the best so far and longer than the one before. What is found depends on
/// how much is asked for, never on who is faster.
class SearchBeside {
public:
    /// \param instance, program  must outlive this
    SearchBeside(const Instance& instance, const Program& program, Solution start,
                 SearchBesideRequest request);
    /// Ends a round that nobody has asked for.
    ~SearchBeside();
    SearchBeside(const SearchBeside&) = delete;
    SearchBeside& operator=(const SearchBeside&) = delete;

    /// The best of all rounds that so much work is enough for; waits for them.
    [[nodiscard]] Solution after(long work);

private:
    [[nodiscard]] long work_of(std::size_t round) const;
    [[nodiscard]] bool stopped() const;
    void search_round();

    const Instance& instance_;
    const Program& program_;
    const SearchBesideRequest request_;
    std::size_t asked_ = 0;  ///< rounds that after() has waited for
    long asked_work_ = 0;    ///< of these
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Solution> best_;  ///< by number of rounds over
    bool leaving_ = false;
    std::thread thread_;
};

}  // namespace convene
